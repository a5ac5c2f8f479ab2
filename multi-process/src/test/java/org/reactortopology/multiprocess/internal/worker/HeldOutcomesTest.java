package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;

/** A lane and the connection's thread, each of which looks at what the other has just written. */
@Timeout(60)
class HeldOutcomesTest {

    private static final int ROUNDS = 100_000;
    private static final long MANY = 1_000_000;
    private static final long FIRST_LOOKS = 1_000;

    /** After it no further round begins, however busy the machine is. */
    private static final long ENOUGH_NANOS = Duration.ofSeconds(2).toNanos();

    private final HeldOutcomes held = new HeldOutcomes(new Untimed(), Long.MAX_VALUE, () -> 0, () -> {});
    private final Outcomes.Entry outcome = new Outcomes.Entry(0, OutcomeKind.DONE, new byte[8]);

    /** Written by the connection's thread: the lane is to add one; negative: it is to end. */
    private final AtomicInteger wanted = new AtomicInteger();

    /** Written by the lane, behind {@link #woken}. */
    private final AtomicInteger added = new AtomicInteger();

    private boolean woken;

    /** In each round one is added while so little is held from now on that it is due: one of the two must see it. */
    @Test
    void whatIsDueIsSeenByTheLaneOrByTheConnectionsThread() throws InterruptedException {
        held.add(outcome);
        held.hold(MANY, MANY); // something waits: the timer is set, and never goes off
        held.take();
        Thread lane = new Thread(this::addWhenWanted, "test-lane");
        lane.start();
        try {
            long begin = System.nanoTime();
            for (int round = 1; round <= ROUNDS && System.nanoTime() - begin < ENOUGH_NANOS; round++) {
                assertThat(isSeen(round)).as("round %d", round).isTrue();
            }
        } finally {
            wanted.set(-1);
            lane.join();
        }
    }

    private boolean isSeen(int round) {
        if (round % 4 == 0) {
            held.block();
        } else {
            held.hold(MANY, MANY);
        }
        wanted.set(round);
        for (int wait = round % 100;
                wait > 0;
                wait--) { // at the time when the lane adds, now a little before and now behind
            wanted.get();
        }
        boolean due = round % 2 == 0 ? held.hold(1, MANY) : held.hold(MANY, 1);
        awaitOther(added, round - 1);
        boolean seen = due || woken;
        held.take();
        return seen;
    }

    private void addWhenWanted() {
        int round = 0;
        while (awaitOther(wanted, round) > 0) {
            round++;
            woken = held.add(outcome);
            added.set(round);
        }
    }

    /** Waits until it is no longer that. Spins, because both are to go on at the same time, and lets others have the processor if that takes long. */
    private static int awaitOther(AtomicInteger value, int than) {
        for (long looks = 0; value.get() == than; looks++) {
            if (looks < FIRST_LOOKS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return value.get();
    }

    /** Whose timers never go off. */
    private static final class Untimed implements Connection {
        @Override
        public void receive(FrameReceiver receiver) {}

        @Override
        public void send(Frame frame) {}

        @Override
        public void execute(Runnable task) {}

        @Override
        public void later(Runnable task, long nanos) {}

        @Override
        public void allow(int maxBodyBytes) {}

        @Override
        public void close() {}
    }
}

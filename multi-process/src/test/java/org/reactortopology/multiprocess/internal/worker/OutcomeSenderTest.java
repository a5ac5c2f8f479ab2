package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Broken;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Large;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.RawArray;
import org.reactortopology.multiprocess.internal.wire.Stats;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How outcomes are put together into frames, and how long they wait for each other. */
class OutcomeSenderTest {

    private static final int RUN = 1;
    private static final long HOLD = 1_000_000;

    private final List<Frame> frames = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Timer> timers = new ArrayDeque<>();
    private final Sinks.Many<Outcomes.Entry> lanes = Sinks.many().unicast().onBackpressureBuffer();
    private long now = 1_000;
    private int woken;

    private record Timer(long at, Runnable task) {}

    @Test
    void aFrameHoldsSixtyFourKibibytesOfBodies() {
        assertThat(entriesOfFrames(i -> null, 4096)).containsExactly(16, 16, 8);
    }

    @Test
    void anArrayIsCountedOnceToo() {
        RawArray array = new RawArray(new byte[4096]);
        assertThat(entriesOfFrames(i -> array, 0)).containsExactly(16, 16, 8);
    }

    @Test
    void aClaimCountsAsWhatItStandsFor() {
        assertThat(entriesOfFrames(i -> new Claim((int) i, 0, 32 * 1024, 0), 0))
                .hasSize(20)
                .containsOnly(2);
    }

    @Test
    void oneItemAloneWaitsForNothing() {
        OutcomeSender sender = started(HOLD);
        for (int i = 0; i < 3; i++) {
            given(sender, i, 1);
            done(i);
            assertThat(entriesOfFrames()).hasSize(i + 1).containsOnly(1);
        }
        assertThat(timers).isEmpty();
    }

    @Test
    void outcomesAreHeldUntilTheyAreHalfOfWhatIsHere() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 10);
        for (int i = 0; i < 4; i++) {
            done(i);
        }
        assertThat(entriesOfFrames()).isEmpty();
        assertThat(woken).as("for the timer").isEqualTo(1);
        done(4);
        assertThat(entriesOfFrames()).containsExactly(5);
        assertThat(woken).isEqualTo(2);
        for (int i = 5; i < 10; i++) {
            done(i);
        }
        assertThat(entriesOfFrames()).as("of the five that are left, and so on").containsExactly(5, 2, 1, 1, 1);
    }

    @Test
    void whenMoreItemsComeMoreIsHeld() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 4);
        done(0);
        given(sender, 4, 16);
        for (int i = 1; i < 9; i++) {
            done(i);
        }
        assertThat(entriesOfFrames()).isEmpty();
        done(9);
        assertThat(entriesOfFrames()).containsExactly(10);
    }

    @Test
    void noneIsHeldForLongerThanTheTime() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 100);
        done(0);
        pass(HOLD - 1);
        done(1);
        assertThat(entriesOfFrames()).isEmpty();
        pass(1);
        assertThat(entriesOfFrames()).containsExactly(2);
        done(2);
        assertThat(woken).as("the timer goes on").isEqualTo(1);
        pass(HOLD);
        assertThat(entriesOfFrames()).containsExactly(2, 1);
    }

    @Test
    void whatCameAfterAFrameHasItsOwnTime() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 4);
        done(0);
        pass(HOLD / 2);
        done(1); // half of four
        given(sender, 4, 100);
        done(2);
        pass(HOLD / 2);
        assertThat(entriesOfFrames()).containsExactly(2);
        pass(HOLD / 2);
        assertThat(entriesOfFrames()).containsExactly(2, 1);
    }

    @Test
    void theTimerEndsWhenItFindsNothing() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 4);
        done(0);
        done(1);
        assertThat(timers).hasSize(1);
        pass(HOLD);
        assertThat(timers).isEmpty();
        given(sender, 4, 100);
        done(2);
        assertThat(timers).as("and begins again").hasSize(1);
        pass(HOLD);
        assertThat(entriesOfFrames()).containsExactly(2, 1);
    }

    @Test
    void halfOfTheCreditForOutcomesIsNotHeld() {
        OutcomeSender sender = sender(HOLD);
        sender.credit(new Credit(RUN, 4, 1 << 20));
        given(sender, 0, 100);
        done(0);
        assertThat(entriesOfFrames()).isEmpty();
        done(1);
        assertThat(entriesOfFrames()).containsExactly(2);
    }

    @Test
    void norHalfOfTheCreditForBytes() {
        OutcomeSender sender = sender(HOLD);
        sender.credit(new Credit(RUN, 100, 1000));
        given(sender, 0, 100);
        done(0, 400);
        assertThat(entriesOfFrames()).isEmpty();
        done(1, 100);
        assertThat(entriesOfFrames()).containsExactly(2);
    }

    @Test
    void norWhatFillsAFrame() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 100);
        done(0, 40_000);
        assertThat(entriesOfFrames()).isEmpty();
        done(1, 40_000);
        assertThat(entriesOfFrames()).containsExactly(2);
    }

    @Test
    void withoutCreditNobodyIsWokenAndWithItAllIsSentAtOnce() {
        OutcomeSender sender = sender(HOLD);
        sender.credit(new Credit(RUN, 100, 10));
        given(sender, 0, 100);
        done(0, 10);
        assertThat(entriesOfFrames()).containsExactly(1);
        int before = woken;
        done(1);
        done(2);
        pass(10 * HOLD);
        assertThat(timers).isEmpty();
        assertThat(woken).isEqualTo(before);
        sender.credit(new Credit(RUN, 0, 1 << 20));
        assertThat(entriesOfFrames()).containsExactly(1, 2);
    }

    @Test
    void aTimeOfNothingHoldsNothing() {
        OutcomeSender sender = started(0);
        given(sender, 0, 100);
        done(0);
        done(1);
        assertThat(entriesOfFrames()).containsExactly(1, 1);
        assertThat(timers).isEmpty();
    }

    @Test
    void aCheckpointHoldsNothing() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 10);
        done(0);
        sender.checkpoint();
        assertThat(entriesOfFrames()).containsExactly(1);
        done(1);
        assertThat(entriesOfFrames()).containsExactly(1, 1);
    }

    @Test
    void theEndHoldsNothing() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 10);
        done(0);
        lanes.tryEmitComplete().orThrow();
        runTasks();
        assertThat(frames)
                .hasSize(4)
                .hasExactlyElementsOfTypes(Outcomes.class, Stats.class, Partial.class, Finished.class);
    }

    @Test
    void whatIsHeldIsSentBeforeTheRunBreaks() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 10);
        done(0);
        lanes.tryEmitError(new IllegalStateException("on purpose")).orThrow();
        runTasks();
        assertThat(frames).hasExactlyElementsOfTypes(Outcomes.class, Broken.class);
    }

    @Test
    void nothingOfARunThatWasDroppedIsSent() {
        OutcomeSender sender = started(HOLD);
        given(sender, 0, 10);
        done(0);
        sender.drop();
        pass(10 * HOLD);
        assertThat(frames).isEmpty();
        assertThat(timers).isEmpty();
    }

    private interface Values {
        Large of(long number);
    }

    private List<Integer> entriesOfFrames(Values large, int bytes) {
        OutcomeSender sender = sender(0);
        LongStream.range(0, 40)
                .mapToObj(i -> new Outcomes.Entry(i, "", OutcomeKind.DONE, new byte[bytes], null, large.of(i)))
                .forEach(entry -> lanes.tryEmitNext(entry).orThrow());
        sender.credit(new Credit(RUN, 100, 1 << 24));
        runTasks();
        return entriesOfFrames();
    }

    private List<Integer> entriesOfFrames() {
        return frames.stream()
                .filter(Outcomes.class::isInstance)
                .map(frame -> ((Outcomes) frame).entries().size())
                .toList();
    }

    /** With all the credit that it may want. */
    private OutcomeSender started(long holdNanos) {
        OutcomeSender sender = sender(holdNanos);
        sender.credit(new Credit(RUN, 1000, 1 << 24));
        return sender;
    }

    private OutcomeSender sender(long holdNanos) {
        OutcomeSender sender = new OutcomeSender(
                new Recorded(),
                new Credit(RUN, 1000, 1 << 20),
                holdNanos,
                new OutcomeSender.Works() {
                    @Override
                    public Stats stats() {
                        return new Stats(RUN, List.of(), List.of());
                    }

                    @Override
                    public List<Partial> partials() {
                        return List.of(new Partial(RUN, "sum", new byte[1]));
                    }

                    @Override
                    public Mono<Void> ended() {
                        return Mono.empty();
                    }
                },
                how -> {},
                () -> now);
        lanes.asFlux().subscribe(sender);
        return sender;
    }

    private static void given(OutcomeSender sender, long from, int items) {
        for (long i = from; i < from + items; i++) {
            sender.received(i, 1);
        }
        sender.receivedAll();
    }

    private void done(long item) {
        done(item, 1);
    }

    private void done(long item, int bytes) {
        lanes.tryEmitNext(new Outcomes.Entry(item, OutcomeKind.DONE, new byte[bytes]))
                .orThrow();
        runTasks();
    }

    private void pass(long nanos) {
        now += nanos;
        while (!timers.isEmpty() && timers.element().at <= now) {
            timers.remove().task.run();
            runTasks();
        }
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            woken++;
            tasks.remove().run();
        }
    }

    private final class Recorded implements Connection {
        @Override
        public void receive(FrameReceiver receiver) {}

        @Override
        public void send(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void later(Runnable task, long nanos) {
            timers.add(new Timer(now + nanos, task));
        }

        @Override
        public void allow(int maxBodyBytes) {}

        @Override
        public void close() {}
    }
}

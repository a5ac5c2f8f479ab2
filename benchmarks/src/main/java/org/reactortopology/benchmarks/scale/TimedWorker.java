package org.reactortopology.benchmarks.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Ready;
import org.reactortopology.multiprocess.internal.wire.Start;
import reactor.core.scheduler.Scheduler;

/**
 * A worker that computes nothing: it answers each item with the value that came, one after the other, each so long after the one before as its work
 * would have taken. Confined to its connection's thread.
 */
final class TimedWorker implements FrameReceiver {

    /** A timer for each item would cost more than the items where they are quick: what is done within so long is answered together. */
    static final long TOGETHER_NANOS = 1_000_000;

    private final Connection connection;
    private final long nanosPerItem;
    private final Scheduler timers;
    private final Consumer<String> ended;

    /** Items without an answer, and when each will have been computed. Bounded by the credit that was given. */
    private final Queue<Running> running = new ArrayDeque<>();

    private long busyUntil;
    private long outcomeCredit;
    private long byteCredit;
    private boolean armed;
    private boolean last;
    private int run;

    private record Running(Items.Entry item, long doneAt) {}

    TimedWorker(Connection connection, long nanosPerItem, Scheduler timers, Consumer<String> ended) {
        this.connection = connection;
        this.nanosPerItem = nanosPerItem;
        this.timers = timers;
        this.ended = ended;
    }

    @Override
    public void frame(Frame frame) {
        if (frame instanceof Items items) {
            items.entries().forEach(this::take);
        } else if (frame instanceof Credit credit) {
            outcomeCredit += credit.items();
            byteCredit += credit.bytes();
        } else if (frame instanceof Start start) {
            begin(start);
        } else if (frame instanceof EndOfItems) {
            last = true;
        } else if (frame instanceof Cancel) {
            connection.send(new Free(run));
        } else if (frame instanceof Goodbye) {
            ended.accept("goodbye");
        }
        if (!armed) {
            answer();
        }
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        ended.accept("its connection closed");
    }

    private void begin(Start start) {
        StartMessage message = StartMessage.decode(start.message());
        run = start.run();
        connection.send(new Ready(run, message.fingerprint()));
        connection.send(new Credit(run, message.itemCredit(), message.byteCredit()));
    }

    private void take(Items.Entry item) {
        busyUntil = Math.max(busyUntil, System.nanoTime()) + nanosPerItem;
        running.add(new Running(item, busyUntil));
    }

    /** Sends what should be done by now, and comes back for the rest. */
    private void answer() {
        answerDone();
        if (!armed && !running.isEmpty() && nanosPerItem > 0) {
            armed = true;
            long wait = Math.max(TOGETHER_NANOS, running.element().doneAt() - System.nanoTime());
            timers.schedule(() -> connection.execute(this::rung), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void rung() {
        armed = false;
        answer();
    }

    private void answerDone() {
        long now = System.nanoTime();
        List<Outcomes.Entry> batch = new ArrayList<>();
        long bytes = 0;
        while (!running.isEmpty() && running.element().doneAt() <= now && outcomeCredit > 0 && byteCredit > 0) {
            Items.Entry item = running.remove().item();
            batch.add(new Outcomes.Entry(item.sequence(), OutcomeKind.DONE, item.payload()));
            outcomeCredit--;
            byteCredit -= item.payload().length;
            bytes += item.payload().length;
        }
        if (!batch.isEmpty()) {
            connection.send(new Outcomes(run, batch));
            connection.send(new Credit(run, batch.size(), bytes));
        }
        if (last && running.isEmpty()) {
            last = false;
            connection.send(new Finished(run));
            connection.send(new Free(run));
        }
    }
}

package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/**
 * Looks after lanes that hold results back: what was begun before the last look is taken from the lane at the next, whether it goes on slowly or stands still
 * in an item. The timer runs only while a lane holds something.
 */
final class Backstop<R> implements Runnable {

    /** Time between two looks. Results are held back for less than twice as long, if both the timer and whoever takes them have a thread free. */
    static final int MILLIS = 2;

    private static final VarHandle ARMED = Fields.of(MethodHandles.lookup(), "armed", int.class);

    private final List<? extends Lane<?, R>> lanes;
    private final Consumer<Batch<R>> out;
    private final Consumer<Runnable> timer;
    private final Consumer<Runnable> relief;
    private final List<Relief> reliefs;

    /** The batch that each lane had at the last look; 0 if none. Confined to the timer, whose looks do not overlap. */
    private final long[] seen;

    /** 1 while a look is due. Set by a lane, cleared by the timer. */
    private volatile int armed;

    /**
     * Armed by nobody yet.
     *
     * @param out takes what was taken from a lane; called on a thread that may block, unless there are none any more
     */
    Backstop(List<? extends Lane<?, R>> lanes, Consumer<Batch<R>> out) {
        this(
                lanes,
                out,
                look -> Schedulers.parallel().schedule(look, MILLIS, TimeUnit.MILLISECONDS),
                taking -> Schedulers.boundedElastic().schedule(taking));
    }

    /**
     * The same with a timer and threads of its own.
     *
     * @param timer runs what it is given after {@link #MILLIS}
     * @param relief runs what it is given at once, on a thread that may block
     */
    Backstop(
            List<? extends Lane<?, R>> lanes,
            Consumer<Batch<R>> out,
            Consumer<Runnable> timer,
            Consumer<Runnable> relief) {
        this.lanes = lanes;
        this.out = out;
        this.timer = timer;
        this.relief = relief;
        this.reliefs = lanes.stream().map(Relief::new).toList();
        this.seen = new long[lanes.size()];
    }

    /** Called by a lane after it has put down the first result of a batch. False if nobody will look after it, as timers have been shut down. */
    boolean arm() {
        return armed != 0 || !ARMED.compareAndSet(this, 0, 1) || schedule();
    }

    @Override
    public void run() {
        if (!look()) {
            armed = 0;
        } else if (schedule()) {
            return;
        }
        // a lane may have put something down and not armed this, as it was armed
        if (lanes.stream().anyMatch(Lane::isHolding) && !arm()) {
            reliefs.forEach(Relief::run); // timers have been shut down
        }
    }

    /** Whether to look again. */
    private boolean look() {
        boolean again = false;
        for (int i = 0; i < seen.length; i++) {
            Lane<?, R> lane = lanes.get(i);
            long batch = lane.isHolding() ? lane.batches() : 0;
            if (batch != 0 && batch == seen[i]) {
                reliefs.get(i).begin();
            }
            seen[i] = batch;
            again |= batch != 0;
        }
        return again;
    }

    private boolean schedule() {
        try {
            timer.accept(this);
            return true;
        } catch (RejectedExecutionException e) { // timers have been shut down
            armed = 0;
            return false;
        }
    }

    /** Takes from the lane what it holds; on a thread that may block, as whoever gets the results may. */
    private final class Relief implements Runnable {

        private final Lane<?, R> lane;

        /** Whether it is to run, so that it does not wait for a thread several times. */
        private final AtomicBoolean due = new AtomicBoolean();

        Relief(Lane<?, R> lane) {
            this.lane = lane;
        }

        void begin() {
            if (!due.compareAndSet(false, true)) {
                return;
            }
            try {
                relief.accept(this);
            } catch (RejectedExecutionException e) { // no such threads any more
                run();
            }
        }

        @Override
        public void run() {
            Batch<R> held = lane.takeHeld();
            due.set(false); // what follows may take long, and the lane may hold something by then
            if (held != null) {
                out.accept(held);
            }
        }
    }
}

package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/**
 * Looks after lanes that hold results back: one that still holds what it held at the look before stands still in its item, and its results are taken
 * from it. The timer runs only while a lane holds something.
 */
final class Backstop<R> implements Runnable {

    /** Time between two looks; results are held back for less than twice as long. */
    static final int MILLIS = 2;

    private static final VarHandle ARMED = Fields.of(MethodHandles.lookup(), "armed", int.class);

    private final List<? extends Lane<?, R>> lanes;
    private final Consumer<Batch<R>> out;
    private final Consumer<Runnable> timer;

    /** What each lane had put down at the last look; 0 if nothing. Confined to the timer, whose looks do not overlap. */
    private final long[] seen;

    /** 1 while a look is due. Set by a lane, cleared by the timer. */
    private volatile int armed;

    /**
     * Armed by nobody yet.
     *
     * @param out takes what was taken from a lane; called on a thread that may block
     */
    Backstop(List<? extends Lane<?, R>> lanes, Consumer<Batch<R>> out) {
        this(lanes, out, look -> Schedulers.parallel().schedule(look, MILLIS, TimeUnit.MILLISECONDS));
    }

    /**
     * The same with a timer of its own.
     *
     * @param timer runs what it is given after {@link #MILLIS}
     */
    Backstop(List<? extends Lane<?, R>> lanes, Consumer<Batch<R>> out, Consumer<Runnable> timer) {
        this.lanes = lanes;
        this.out = out;
        this.timer = timer;
        this.seen = new long[lanes.size()];
    }

    /** Called by a lane after it has put down the first result of a batch. False if nobody will look after it, as timers have been shut down. */
    boolean arm() {
        return armed != 0 || !ARMED.compareAndSet(this, 0, 1) || schedule();
    }

    @Override
    public void run() {
        if (look()) {
            schedule();
            return;
        }
        armed = 0;
        for (Lane<?, R> lane : lanes) { // one may have put something down and not armed this, as it was armed
            if (lane.isHolding()) {
                arm();
            }
        }
    }

    /** Whether to look again. */
    private boolean look() {
        boolean again = false;
        for (int i = 0; i < seen.length; i++) {
            Lane<?, R> lane = lanes.get(i);
            long puts = lane.isHolding() ? lane.puts() : 0;
            if (puts != 0 && puts == seen[i]) {
                relieve(lane);
                puts = 0;
            }
            seen[i] = puts;
            again |= puts != 0;
        }
        return again;
    }

    /** Takes from the lane what it holds; on a thread that may block, as whoever gets the results may. */
    private void relieve(Lane<?, R> lane) {
        Runnable relief = () -> {
            Batch<R> held = lane.takeHeld();
            if (held != null) {
                out.accept(held);
            }
        };
        try {
            Schedulers.boundedElastic().schedule(relief);
        } catch (RejectedExecutionException e) { // no such threads any more
            relief.run();
        }
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
}

package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.util.context.Context;

/** No buffer: the next index is there when a lane takes it. Nobody brings anything and nothing is asked for. */
final class IndexIntake<A> extends Intake<A> {

    private static final VarHandle NEXT = Fields.of(MethodHandles.lookup(), "next", long.class);

    /** Added to the next index where the indexes end early: far beyond all of them. */
    private static final long ENDED = 1L << 40;

    private final int size;

    /** Indexes that are given out in all. Written by the one who ends early, read by all. */
    private volatile long accepted;

    /** Whom an early end may leave without a result to wait for. Written by who subscribes; forgotten at the end. */
    private volatile @Nullable LaneRun<?, ?> run;

    /** Indexes from here on are not given out. Written by the one who halts, read by lanes. */
    private volatile int end;

    /** Keeps what different threads write on cache lines of their own; docs/adr/0009-lanes.md has the figures. */
    @SuppressWarnings("unused")
    private long apart0, apart1, apart2, apart3, apart4, apart5, apart6, apart7;

    /** The next index. Raised by lanes, also beyond the end. */
    private volatile long next;

    @SuppressWarnings("unused")
    private long away0, away1, away2, away3, away4, away5, away6, away7;

    IndexIntake(int size, QueueGauge gauge) {
        super(1, gauge);
        this.size = size;
        this.end = size;
        this.accepted = size;
    }

    @Override
    @SuppressWarnings("unchecked") // the source is a flux of objects
    @Nullable
    A poll() {
        if (next >= end || isClosed()) {
            return null; // an interrupted lane would otherwise run through the rest before the one who halts gets there
        }
        long index = (long) NEXT.getAndAdd(this, 1L);
        return index < end ? (A) Integer.valueOf((int) index) : null;
    }

    @Override
    boolean isEmpty() {
        return next >= end || isClosed();
    }

    /** Indexes given out so far. */
    long taken() {
        return Math.min(next & (ENDED - 1), accepted);
    }

    /** Who takes the indexes; before it does. */
    void endedBy(LaneRun<?, ?> taker) {
        run = taker;
    }

    /** Gives out no more. Any thread, any number of times. */
    void end() {
        long given = (long) NEXT.getAndAdd(this, ENDED);
        if (given < size) {
            accepted = given;
        }
        LaneRun<?, ?> waiting = run;
        if (waiting != null) {
            waiting.endIfAllIsOut();
        }
    }

    /** Whether {@link #end} came before the last index was given out. */
    boolean wasCut() {
        return accepted < size;
    }

    @Override
    void start(Subscription from) {
        // nothing is asked for
    }

    @Override
    boolean offer(A item) {
        return false;
    }

    @Override
    long accepted() {
        return accepted;
    }

    @Override
    long weight() {
        return 0;
    }

    @Override
    boolean due() {
        return false;
    }

    @Override
    void tend(Subscription from) {
        // there is nothing to forget
    }

    @Override
    void ended() {
        run = null;
    }

    @Override
    void discardRest(Context context) {
        end = 0;
        run = null;
    }
}

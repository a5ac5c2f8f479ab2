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
    private final Shares shares;

    /** Most indexes that a lane is given at once. */
    private final int most;

    /** Indexes that are given out in all. Written under the monitor by who ends early, read by all. */
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

    IndexIntake(int size, int lanes, int most, QueueGauge gauge) {
        super(1, gauge);
        this.size = size;
        this.end = size;
        this.accepted = size;
        this.shares = new Shares(lanes);
        this.most = most;
    }

    @Override
    @Nullable
    A poll() {
        throw new UnsupportedOperationException("only lanes take indexes");
    }

    @Override
    @Nullable
    A poll(Lane<A, ?> lane) {
        if (isClosed()) {
            return null; // an interrupted lane would otherwise run through the rest before the one who halts gets there
        }
        int own = shares.take(lane.number);
        if (own >= 0) {
            return item(own);
        }
        if (next < end) {
            int wanted = lane.isQuick() ? most : 1;
            long first = (long) NEXT.getAndAdd(this, (long) wanted);
            if (first < end) {
                int last = (int) Math.min(first + wanted, size);
                if (last - first > 1) {
                    shares.give(lane.number, (int) first + 1, last);
                    lane.givenMore(); // until here nobody saw them, neither behind next nor in a share
                }
                return item((int) first);
            }
        }
        int any = shares.takeAny();
        return any >= 0 ? item(any) : null;
    }

    @SuppressWarnings("unchecked") // the source is a flux of objects
    private A item(int index) {
        return (A) Integer.valueOf(index);
    }

    @Override
    boolean isEmpty() {
        return isClosed() || (next >= end && shares.left() == 0);
    }

    /** Indexes given out so far; about, while lanes take some. */
    long taken() {
        return Math.min(Math.min(next & (ENDED - 1), size) - shares.left(), accepted);
    }

    /** Who takes the indexes; before it does. */
    void endedBy(LaneRun<?, ?> taker) {
        run = taker;
    }

    /** Gives out no more. Any thread, any number of times. */
    void end() {
        synchronized (this) { // whose clear finds the shares must know how many indexes had been given out
            long given = Math.min((long) NEXT.getAndAdd(this, ENDED), accepted);
            accepted = given - shares.clear();
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

package org.reactortopology.internal.lane;

import java.util.List;

/**
 * Hands over what lanes have made: one by one, or several at once where a lane is so quick that handing over costs more than its items.
 *
 * <p>A lane that has nothing to take, asks upstream for more or gives up its thread hands over what it holds first. The {@link Backstop} takes it from a
 * lane that stands still in an item. A lane holds at most its share of the buffer's bound and of what downstream has asked for.
 */
final class Holding<R> {

    /** Results that a lane holds back at most, and indexes that it is given at once. */
    private static final int MOST = 32;

    private final Outlet<R> outlet;
    private final List<? extends Lane<?, R>> lanes;
    private final int most;
    private final Backstop<R> backstop;

    /**
     * Of these lanes.
     *
     * @param bound of the buffer before them
     */
    Holding(Outlet<R> outlet, List<? extends Lane<?, R>> lanes, int bound) {
        this.outlet = outlet;
        this.lanes = lanes;
        this.most = most(bound, lanes.size());
        this.backstop = new Backstop<>(lanes, outlet::finish);
    }

    /** What each of so many lanes may hold behind a buffer of that size. */
    static int most(int bound, int lanes) {
        return Math.max(1, Math.min(MOST, bound / lanes));
    }

    /** Hands the result over, or holds it back for later. By the lane that made it. */
    void passOn(Lane<?, R> lane, R result) {
        Batch<R> batch = lane.takeUp();
        if (batch == null) {
            begin(lane, result);
        } else if (batch.addLast(result) || !lane.isQuick()) {
            outlet.finish(batch);
        } else {
            lane.putDown(batch);
        }
    }

    private void begin(Lane<?, R> lane, R result) {
        int held = lane.isQuick() ? outlet.mayHold(most) : 0;
        if (held < 2) {
            outlet.finish(result);
            return;
        }
        Batch<R> batch = new Batch<>(held);
        batch.addLast(result);
        lane.putDown(batch);
        if (!backstop.arm()) {
            handOver(lane);
        }
    }

    /** Hands over what the lane holds. By the lane. */
    void handOver(Lane<?, R> lane) {
        Batch<R> batch = lane.takeUp();
        if (batch != null) {
            outlet.finish(batch);
        }
    }

    /** Discards what lanes of a halted run hold. */
    void discard() {
        for (Lane<?, R> lane : lanes) {
            Batch<R> held = lane.takeHeld();
            if (held != null) {
                held.discard(0, outlet.context);
            }
        }
    }
}

package org.reactortopology.internal.lane;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.reactivestreams.Subscription;
import org.reactortopology.internal.end.BatchSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Results that are handed over at once leave one after the other, each once, or are discarded once, whatever downstream does meanwhile. */
public final class Batches {

    private Batches() {}

    private static Batch<Integer> batchOf(int... results) {
        Batch<Integer> batch = new Batch<>(results.length);
        for (int result : results) {
            batch.addLast(result);
        }
        return batch;
    }

    /** Notes what comes, and whether two threads ever brought something at the same time. */
    private static final class Downstream implements BatchSubscriber<Integer> {

        final List<Integer> came = new CopyOnWriteArrayList<>();
        final List<Object> discarded = new CopyOnWriteArrayList<>();
        final AtomicInteger ends = new AtomicInteger();

        private final Context context = Operators.enableOnDiscard(Context.empty(), discarded::add);
        private final AtomicInteger inside = new AtomicInteger();
        private boolean batch;
        volatile boolean broke;

        /** Whether each of so many results came once, in order and without the end between them, or was discarded once. */
        boolean hadEach(int results) {
            for (int at = 0; at < came.size(); at++) {
                broke |= came.get(at) != at + 1;
            }
            for (int result = came.size() + 1; result <= results; result++) {
                broke |= !discarded.contains(result);
            }
            return !broke && came.size() + discarded.size() == results;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public boolean beginBatch() {
            broke |= inside.getAndIncrement() != 0 || batch;
            batch = true;
            return true;
        }

        @Override
        public void endBatch() {
            batch = false;
            inside.getAndDecrement();
        }

        @Override
        public void onNext(Integer result) {
            broke |= inside.getAndIncrement() != (batch ? 1 : 0) || ends.get() != 0;
            came.add(result);
            inside.getAndDecrement();
        }

        @Override
        public void onError(Throwable error) {
            ends.addAndGet(100);
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
        }
    }

    /** Demand comes while a batch is handed over that is longer than what was asked for. */
    @JCStressTest
    @Outcome(id = "2, 1, 3", expect = Expect.ACCEPTABLE, desc = "two are out, the rest waits, and comes when asked for")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, there twice, or was not asked for")
    @State
    public static class AskedForMeanwhile {
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, new Rig(1, 4, item -> item).run, 1);

        public AskedForMeanwhile() {
            outlet.request(1);
        }

        @Actor
        public void lane() {
            outlet.finish(batchOf(1, 2, 3));
        }

        @Actor
        public void downstream() {
            outlet.request(1);
        }

        @Arbiter
        public void end(III_Result result) {
            result.r1 = downstream.came.size();
            result.r2 = outlet.waiting();
            outlet.request(1);
            result.r3 = downstream.hadEach(3) && outlet.waiting() == 0 ? downstream.came.size() : -1;
        }
    }

    /** Downstream cancels while a batch is handed over. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "each came or was discarded")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, there twice, or stays behind")
    @State
    public static class CancelledMeanwhile {
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, new Rig(1, 4, item -> item).run, 1);

        public CancelledMeanwhile() {
            outlet.request(2);
        }

        @Actor
        public void lane() {
            outlet.finish(batchOf(1, 2, 3));
        }

        @Actor
        public void downstream() {
            outlet.halt(null);
            outlet.stopped();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = downstream.hadEach(3) ? 3 : -1;
            result.r2 = outlet.waiting() + downstream.ends.get();
        }
    }

    /** Downstream asks for more of a batch, and cancels. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "each came or was discarded")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, there twice, or stays behind")
    @State
    public static class AskedForAndCancelledMeanwhile {
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, new Rig(1, 4, item -> item).run, 1);

        public AskedForAndCancelledMeanwhile() {
            outlet.request(1);
        }

        @Actor
        public void lane() {
            outlet.finish(batchOf(1, 2));
            outlet.finish(batchOf(3));
        }

        @Actor
        public void downstream() {
            outlet.request(1);
            outlet.halt(null);
            outlet.stopped();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = downstream.hadEach(3) ? 3 : -1;
            result.r2 = outlet.waiting() + downstream.ends.get();
        }
    }

    /** Another lane's failure ends the run while a batch is handed over. */
    @JCStressTest
    @Outcome(id = "3, 100", expect = Expect.ACCEPTABLE, desc = "each came or was discarded, and behind them one error")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, there twice, or came behind the error")
    @State
    public static class FailedMeanwhile {
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, new Rig(1, 4, item -> item).run, 2);

        public FailedMeanwhile() {
            outlet.request(2);
        }

        @Actor
        public void lane() {
            outlet.finish(batchOf(1, 2, 3));
        }

        @Actor
        public void otherLane() {
            outlet.halt(new IllegalStateException("on purpose"));
            outlet.stopped();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = downstream.hadEach(3) ? 3 : -1;
            result.r2 = outlet.waiting() + downstream.ends.get();
        }
    }

    /** Upstream ends while the last batch is handed over. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "both came, and one end behind them")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result or the end is lost, or there twice")
    @State
    public static class EndedMeanwhile {
        private final Rig rig = new Rig(1, 4, item -> item);
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, rig.run, 1);

        public EndedMeanwhile() {
            rig.run.onNext(1);
            rig.run.onNext(2);
            outlet.request(2);
        }

        @Actor
        public void lane() {
            outlet.finish(batchOf(1, 2));
        }

        @Actor
        public void upstream() {
            outlet.done(null);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = downstream.hadEach(2) ? downstream.came.size() : -1;
            result.r2 = outlet.waiting() + downstream.ends.get();
        }
    }

    /** A lane hands over a batch and another one result. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "all are out")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost or there twice, or emissions overlapped")
    @State
    public static class TwoLanes {
        private final Downstream downstream = new Downstream();
        private final Outlet<Integer> outlet = new Outlet<>(downstream, new Rig(2, 4, item -> item).run, 2);

        public TwoLanes() {
            outlet.request(3);
        }

        @Actor
        public void oneLane() {
            outlet.finish(batchOf(1, 2));
        }

        @Actor
        public void otherLane() {
            outlet.finish(3);
        }

        @Arbiter
        public void end(II_Result result) {
            boolean each = downstream.came.containsAll(List.of(1, 2, 3)) && !downstream.broke;
            result.r1 = each ? downstream.came.size() : -1;
            result.r2 = outlet.waiting();
        }
    }
}

package org.reactortopology.internal.lane;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Results that a lane holds back and indexes that it has been given leave it once, whoever takes them. */
public final class Held {

    private Held() {}

    private static Batch<Integer> batchOf(int result) {
        Batch<Integer> batch = new Batch<>(4);
        batch.addLast(result);
        return batch;
    }

    /** A lane takes its results up again while they are taken from it. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "the lane has both")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the first was taken from it")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, or there twice")
    @State
    public static class TakenFromALane {
        private final Rig rig = new Rig(1, 4, item -> item);
        private final Lane<Integer, Integer> lane = new Lane<>(0, item -> item, rig.run.turns());

        public TakenFromALane() {
            lane.putDown(batchOf(1));
        }

        @Actor
        public void lane(II_Result result) {
            Batch<Integer> batch = lane.takeUp();
            if (batch == null) {
                batch = batchOf(2);
            } else {
                batch.addLast(2);
            }
            result.r1 = batch.count();
        }

        @Actor
        public void other(II_Result result) {
            Batch<Integer> batch = lane.takeHeld();
            result.r2 = batch == null ? 0 : batch.count();
        }
    }

    /** A lane puts a first result down while the backstop looks for the last time. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "it will look again")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "nobody looks after the result, or two do")
    @State
    public static class PutDownAtTheLastLook {
        private final Rig rig = new Rig(1, 4, item -> item);
        private final Lane<Integer, Integer> lane = new Lane<>(0, item -> item, rig.run.turns());
        private final AtomicInteger due = new AtomicInteger();
        private final Backstop<Integer> backstop =
                new Backstop<>(List.of(lane), batch -> {}, look -> due.incrementAndGet());

        public PutDownAtTheLastLook() {
            backstop.arm();
        }

        @Actor
        public void lane() {
            lane.putDown(batchOf(1));
            backstop.arm();
        }

        @Actor
        public void timer() {
            due.decrementAndGet();
            backstop.run();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = lane.isHolding() ? 1 : 0;
            result.r2 = due.get();
        }
    }

    /** Two lanes take from one share, and one of them ends the run. */
    @JCStressTest
    @Outcome(id = "3, 3", expect = Expect.ACCEPTABLE, desc = "each index went one way")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an index is lost, or there twice")
    @State
    public static class OneShare {
        private final Shares shares = new Shares(2);
        private int own = -1;
        private int others = -1;
        private int cleared;

        public OneShare() {
            shares.give(0, 0, 3);
        }

        @Actor
        public void lane() {
            own = shares.take(0);
        }

        @Actor
        public void otherLaneThenTheEnd() {
            others = shares.takeAny();
            cleared = shares.clear();
        }

        @Arbiter
        public void end(II_Result result) {
            int taken = (own < 0 ? 0 : 1) + (others < 0 ? 0 : 1);
            result.r1 = taken + cleared;
            result.r2 = own >= 0 && own == others ? -1 : 3;
        }
    }
}

package org.reactortopology.internal.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** No wake-up is lost: what has come in is run, whatever the lane was doing. */
public final class WakeUps {

    private WakeUps() {}

    /** A lane goes idle while an item comes. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both items ran")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an item waits for ever")
    @State
    public static class ParkAgainstItem {
        private final Rig rig = new Rig(1, 4, item -> item);

        public ParkAgainstItem() {
            rig.run.request(Long.MAX_VALUE);
            rig.run.onNext(1);
        }

        @Actor
        public void lane() {
            rig.runTask();
        }

        @Actor
        public void source() {
            rig.run.onNext(2);
        }

        @Arbiter
        public void end(I_Result result) {
            result.r1 = rig.settle().emitted.get();
        }
    }

    /** A lane stops for want of demand while demand comes. */
    @JCStressTest
    @Outcome(id = "3, 1", expect = Expect.ACCEPTABLE, desc = "all items ran, one end")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an item or the end was lost")
    @State
    public static class ParkAgainstDemand {
        private final Rig rig = new Rig(1, 4, item -> item);

        public ParkAgainstDemand() {
            rig.run.onNext(1);
            rig.run.onNext(2);
            rig.run.onNext(3);
            rig.run.onComplete();
        }

        @Actor
        public void lane() {
            rig.runTask();
        }

        @Actor
        public void downstream() {
            rig.run.request(1);
            rig.run.request(2);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = rig.settle().emitted.get();
            result.r2 = rig.ends.get();
        }
    }

    /** Two lanes run, end and wake each other while items come; upstream ends. */
    @JCStressTest
    @Outcome(id = "4, 1", expect = Expect.ACCEPTABLE, desc = "all items ran, one end, never two emissions at once")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an item or the end was lost, or emissions overlapped")
    @State
    public static class TwoLanesAgainstSource {
        private final Rig rig = new Rig(2, 4, item -> item);

        public TwoLanesAgainstSource() {
            rig.run.request(Long.MAX_VALUE);
            rig.run.onNext(1);
            rig.run.onNext(2);
        }

        @Actor
        public void oneLane() {
            rig.settle();
        }

        @Actor
        public void sourceThenOtherLane() {
            rig.run.onNext(3);
            rig.run.onNext(4);
            rig.run.onComplete();
            rig.settle();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = rig.settle().emitted.get();
            result.r2 = rig.overlapped ? -1 : rig.ends.get();
        }
    }

    /** Demand for more items is asked for once, whichever lane comes to the low tide. */
    @JCStressTest
    @Outcome(id = "2, 4", expect = Expect.ACCEPTABLE, desc = "replenished once")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "more or less than what was taken")
    @State
    public static class TwoLanesReplenish {
        private final Rig rig = new Rig(2, 2, item -> item);

        public TwoLanesReplenish() {
            rig.run.request(Long.MAX_VALUE);
            rig.run.onNext(1);
            rig.run.onNext(2);
        }

        @Actor
        public void oneLane() {
            rig.settle();
        }

        @Actor
        public void otherLane() {
            rig.settle();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = rig.settle().emitted.get();
            result.r2 = (int) rig.asked.get();
        }
    }
}

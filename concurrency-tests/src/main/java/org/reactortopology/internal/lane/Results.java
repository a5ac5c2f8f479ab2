package org.reactortopology.internal.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two lanes hand over at once: both results leave, one after the other, and none stays behind. */
public final class Results {

    private Results() {}

    /** With demand for both. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both are out")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "a result is lost, or emissions overlapped")
    @State
    public static class BothAskedFor {
        private final Rig rig = new Rig(2, 4, item -> item);
        private final Outlet<Integer> outlet = new Outlet<>(rig, rig.run, 2);

        public BothAskedFor() {
            outlet.request(2);
        }

        @Actor
        public void oneLane() {
            outlet.finish(1);
        }

        @Actor
        public void otherLane() {
            outlet.finish(2);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = rig.emitted.get();
            result.r2 = rig.overlapped ? -1 : outlet.waiting();
        }
    }

    /** With demand that comes at the same time, for one. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one is out, one waits")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "not what was asked for")
    @State
    public static class OneAskedForMeanwhile {
        private final Rig rig = new Rig(2, 4, item -> item);
        private final Outlet<Integer> outlet = new Outlet<>(rig, rig.run, 2);

        @Actor
        public void lane() {
            outlet.finish(1);
            outlet.finish(2);
        }

        @Actor
        public void downstream() {
            outlet.request(1);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = rig.emitted.get();
            result.r2 = outlet.mayStart() ? -1 : outlet.waiting();
        }
    }
}

package org.reactortopology.internal.lane;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A cancel interrupts the function, and nothing after it. */
public final class Interrupts {

    private Interrupts() {}

    /** The thread goes on to something else once the lane has ended. */
    @JCStressTest
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "no interrupt is left")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an interrupt for the lane reached what came after it")
    @State
    public static class NoneLeaks {
        private final Rig rig = new Rig(1, 4, item -> item);

        public NoneLeaks() {
            rig.run.request(Long.MAX_VALUE);
            rig.run.onNext(1);
            rig.run.onNext(2);
        }

        @Actor
        public void lane(ZZ_Result result) {
            rig.runTask();
            result.r1 = Thread.interrupted();
        }

        @Actor
        public void downstream(ZZ_Result result) {
            rig.run.cancel();
            result.r2 = Thread.interrupted();
        }
    }

    /** The function ends only when it is interrupted. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "never started")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "interrupted")
    @Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "runs for ever")
    @State
    public static class NoneIsLost {
        private int seen;
        private final Rig rig = new Rig(1, 4, this::untilInterrupted);

        public NoneIsLost() {
            rig.run.request(Long.MAX_VALUE);
            rig.run.onNext(1);
        }

        private Integer untilInterrupted(Integer item) {
            long start = System.nanoTime();
            seen = 2;
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
                if (Thread.currentThread().isInterrupted()) {
                    seen = 1;
                    break;
                }
                Thread.onSpinWait();
            }
            return item;
        }

        @Actor
        public void lane(I_Result result) {
            rig.runTask();
            result.r1 = seen;
        }

        @Actor
        public void downstream() {
            rig.run.cancel();
        }
    }

    /** A cancel meets an item that comes: it is discarded or was emitted, and nothing is held. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing is held")
    @Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "an item stays behind")
    @State
    public static class CancelAgainstItem {
        private final Rig rig = new Rig(1, 4, item -> item);

        @Actor
        public void source() {
            rig.run.onNext(1);
        }

        @Actor
        public void downstream() {
            rig.run.cancel();
        }

        @Arbiter
        public void end(I_Result result) {
            rig.settle();
            result.r1 = rig.run.depth();
        }
    }
}

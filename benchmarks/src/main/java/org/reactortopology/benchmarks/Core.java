package org.reactortopology.benchmarks;

import org.reactortopology.benchmarks.harness.Jmh;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;

/** {@link TopologyBenchmark}, round by round, and {@link TenMillion} in a JVM of its own. */
public final class Core implements Suite {

    private static final String[] USUAL = {"-wi", "3", "-w", "1", "-i", "3", "-r", "1"};
    private static final String[] SHORT = {"-wi", "1", "-w", "1", "-i", "1", "-r", "500ms"};

    private static final String OURS = "topology";
    private static final String LIMIT = "1.05 x sum over processors + longest";

    @Override
    public void run(Session session) throws Exception {
        Load fused = session.load("1 M no-op items through 4 works");
        Load graph = session.load("200 k items to two no-op works and a join by key");
        if (session.shortForm()) {
            Jmh.of(session, TopologyBenchmark.class)
                    .benchmark("fusedTopology", fused, OURS, Unit.NANOS_PER_ITEM)
                    .benchmark("fusedParallelFlux", fused, "parallel, runOn", Unit.NANOS_PER_ITEM)
                    .benchmark("joinedTopology", graph, OURS, Unit.NANOS_PER_ITEM)
                    .run(1, SHORT);
            return;
        }
        Load queued = session.load("the same with 256 items before each work");
        Load skewed = session.load("1 item in 100 takes 1 ms, the others 10 us");
        Jmh.of(session, TopologyBenchmark.class)
                .benchmark("fusedTopology", fused, OURS, Unit.NANOS_PER_ITEM)
                .benchmark("fusedParallelFlux", fused, "parallel, runOn", Unit.NANOS_PER_ITEM)
                .benchmark("fusedFlatMap", fused, "flatMap for each work", Unit.NANOS_PER_ITEM)
                .benchmark("sequentialTopology", fused, "topology, one thread", Unit.NANOS_PER_ITEM)
                .benchmark("plainLoop", fused, "loop", Unit.NANOS_PER_ITEM)
                .benchmark("queuedTopology", queued, OURS, Unit.NANOS_PER_ITEM)
                .benchmark("queuedPublishOn", queued, "publishOn", Unit.NANOS_PER_ITEM)
                .benchmark("joinedTopology", graph, OURS, Unit.NANOS_PER_ITEM)
                .benchmark("joinedZip", graph, "publish, publishOn, zip", Unit.NANOS_PER_ITEM)
                .benchmark("skewedTopology", skewed, OURS, Unit.NANOS_PER_ITEM)
                .run(session.rounds(), USUAL);
        for (int round = 0; round < session.rounds(); round++) {
            skewed.sample(LIMIT, Unit.NANOS_PER_ITEM, skewedLimit());
        }
        fused.ratio(OURS, "parallel, runOn", Unit.NANOS_PER_ITEM, Target.atMost(1.5));
        fused.ratio("flatMap for each work", OURS, Unit.NANOS_PER_ITEM, Target.atLeast(5));
        queued.ratio(OURS, "publishOn", Unit.NANOS_PER_ITEM, Target.atMost(1.2));
        graph.ratio(OURS, "publish, publishOn, zip", Unit.NANOS_PER_ITEM);
        skewed.ratio(OURS, LIMIT, Unit.NANOS_PER_ITEM, Target.atMost(1));
        tenMillion(session);
    }

    private static void tenMillion(Session session) throws Exception {
        Load many = session.load("10 M no-op items through 4 works, 64 MiB of heap");
        MeasuredCommand run =
                JvmCommand.main(TenMillion.class).options("-Xmx64m").run();
        many.sample(OURS, Unit.SECONDS, run.figure("seconds"));
        many.sample(OURS, Unit.less("MiB, peaks of the heap's pools"), run.figure("MiB"));
    }

    /** 1.05 times the sum of the work over the lanes, plus the longest item; for one item. */
    private static double skewedLimit() {
        double mean = (99 * TopologyBenchmark.QUICK_NANOS + TopologyBenchmark.SLOW_NANOS) / 100.0;
        return 1.05 * mean / TopologyBenchmark.LANES
                + (double) TopologyBenchmark.SLOW_NANOS / TopologyBenchmark.SKEWED_ITEMS;
    }
}

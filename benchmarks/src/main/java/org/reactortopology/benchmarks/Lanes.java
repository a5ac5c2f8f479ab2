package org.reactortopology.benchmarks;

import org.reactortopology.benchmarks.harness.Jmh;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;

/** {@link LaneBenchmark}, round by round. */
public final class Lanes implements Suite {

    private static final String[] USUAL = {"-wi", "2", "-w", "1", "-i", "4", "-r", "1"};
    private static final String[] SHORT = {"-wi", "1", "-w", "1", "-i", "1", "-r", "1"};

    @Override
    public void run(Session session) throws Exception {
        Load fused = session.load("four functions in one hop");
        Load queued = session.load("four hops, 256 items before each");
        Load skewed = session.load("1 item in 100 takes 1 ms, the others 10 us");
        Jmh.of(session, LaneBenchmark.class)
                .benchmark("fusedLanes", fused, "lanes", Unit.NANOS_PER_ITEM)
                .benchmark("fusedParallelFlux", fused, "parallel, runOn", Unit.NANOS_PER_ITEM)
                .benchmark("fusedParallelFluxOnPool", fused, "parallel on the pool", Unit.NANOS_PER_ITEM)
                .benchmark("fusedFlatMap", fused, "flatMap for each", Unit.NANOS_PER_ITEM)
                .benchmark("queuedLanes", queued, "lanes", Unit.NANOS_PER_ITEM)
                .benchmark("queuedPublishOn", queued, "publishOn", Unit.NANOS_PER_ITEM)
                .benchmark("queuedPublishOnPool", queued, "publishOn on the pool", Unit.NANOS_PER_ITEM)
                .benchmark("skewedLanes", skewed, "lanes", Unit.NANOS_PER_ITEM)
                .benchmark("skewedParallelFlux", skewed, "parallel, runOn", Unit.NANOS_PER_ITEM)
                .run(session.rounds(), session.shortForm() ? SHORT : USUAL);
        fused.ratio("lanes", "parallel, runOn", Unit.NANOS_PER_ITEM);
        queued.ratio("lanes", "publishOn", Unit.NANOS_PER_ITEM);
        skewed.ratio("lanes", "parallel, runOn", Unit.NANOS_PER_ITEM);
    }
}

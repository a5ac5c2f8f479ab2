package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/** Integers through one work that does nothing, over one warm worker that marks each item that it begins and one that does not, by turns. */
public final class BlameCost implements Suite {

    private static final int WARM_UPS = 3;
    private static final long ITEMS = 500_000;
    private static final long SHORT_ITEMS = 50_000;
    private static final long HEAP = 512L * 1024 * 1024;

    /** So many integers, unchanged. */
    public static final class Same implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long items) {
            return Topology.named("same")
                    .source("n", Series.range(0, items, 1))
                    .map("same", cpu((Long n) -> n))
                    .build();
        }
    }

    @Override
    public void run(Session session) throws Exception {
        long items = session.shortForm() ? SHORT_ITEMS : ITEMS;
        Load load = session.load("integers through a no-op work");
        try (WorkerPool marking = pool("-Dx=y");
                WorkerPool not = pool("-Dorg.reactortopology.noMarks=true")) {
            session.byTurns()
                    .warmUps(session.shortForm() ? 1 : WARM_UPS)
                    .turn(load, "with marks", into -> into.add(Unit.ITEMS_PER_SECOND, itemsPerSecond(marking, items)))
                    .turn(load, "without", into -> into.add(Unit.ITEMS_PER_SECOND, itemsPerSecond(not, items)))
                    .run();
        }
        load.ratio("with marks", "without", Unit.ITEMS_PER_SECOND);
    }

    private static WorkerPool pool(String option) {
        return WorkerPool.builder()
                .workers(1)
                .threads(1)
                .heap(HEAP)
                .jvmOption(option)
                .build();
    }

    private static double itemsPerSecond(WorkerPool pool, long items) {
        long start = System.nanoTime();
        MultiProcessExecutor.builder()
                .pool(pool)
                .build()
                .run(Topology.from(Same.class, items))
                .execute()
                .block();
        return items / ((System.nanoTime() - start) / 1e9);
    }
}

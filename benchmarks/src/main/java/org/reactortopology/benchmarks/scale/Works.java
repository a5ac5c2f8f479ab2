package org.reactortopology.benchmarks.scale;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.WorkerPool;

/** Cost of an item by the number of works that do nothing with it. */
final class Works implements Suite {

    private static final int THREADS = 2;
    private static final int MOST = 8;
    private static final long ITEMS = 300_000;
    private static final long ITEMS_IN_SHORT = 30_000;

    @Override
    public void run(Session session) {
        Load load = session.load("cost of an item by works");
        long items = session.shortForm() ? ITEMS_IN_SHORT : ITEMS;
        TopologyExecutor parallel = ParallelExecutor.threads(THREADS);
        try (WorkerPool pool = Pools.warm(1, items)) {
            for (int round = 0; round <= session.rounds(); round++) {
                for (int works = 1; works <= MOST; works *= 2) {
                    double inOne = nanos(parallel, items, works);
                    double overOne = nanos(Pools.executor(pool), items, works);
                    if (round > 0) {
                        load.at(works, "works")
                                .sample("parallel, 2 threads", Unit.NANOS_PER_ITEM, inOne)
                                .sample("one worker", Unit.NANOS_PER_ITEM, overOne);
                    }
                }
                session.progress("round " + round + " of " + session.rounds());
            }
        }
    }

    private static double nanos(TopologyExecutor executor, long items, int works) {
        return 1e9
                / Trial.run(executor, Numbers.topology(items, works, 0), items).itemsPerSecond();
    }
}

package org.reactortopology.benchmarks.scale;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.WorkerPool;

/** Cost of an item that does nothing, by the number of items of the run: with threads, and over one warm worker. */
final class Growth implements Suite {

    private static final int THREADS = 2;
    private static final long WARM_UP = 500_000;
    private static final long FEWEST = 10_000;
    private static final long MANY = 1_000_000;
    private static final long MOST = 10_000_000;
    private static final long MOST_IN_SHORT = 100_000;

    @Override
    public void run(Session session) {
        Load load = session.load("cost of an item by the items of the run");
        TopologyExecutor parallel = ParallelExecutor.threads(THREADS);
        Trial.run(parallel, Numbers.topology(WARM_UP, 1, 0), WARM_UP);
        try (WorkerPool pool = Pools.warm(1, WARM_UP)) {
            long most = session.shortForm() ? MOST_IN_SHORT : MOST;
            for (long items = FEWEST; items <= most; items *= 10) {
                int rounds = items > MANY ? 1 : session.rounds();
                for (int round = 0; round < rounds; round++) {
                    run(load.at((double) items, "items"), "parallel, 2 threads", parallel, items);
                    run(load.at((double) items, "items"), "one worker", Pools.executor(pool), items);
                }
                session.progress(items + " items");
            }
        }
    }

    private static void run(Load load, String subject, TopologyExecutor executor, long items) {
        Trial trial = Trial.run(executor, Numbers.topology(items, 1, 0), items);
        load.sample(subject, Unit.NANOS_PER_ITEM, (double) trial.wallNanos() / items);
    }
}

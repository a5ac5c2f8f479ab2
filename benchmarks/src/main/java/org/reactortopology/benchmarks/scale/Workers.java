package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.WorkerPool;

/** Throughput by the number of warm workers of one thread, more of them than there are processors too. */
public final class Workers implements Suite {

    static final int FEW = 2;
    static final int MANY = 8;

    private static final Unit COORDINATOR = Unit.less("coordinator's CPU us/item");
    private static final double KEPT = 0.9;
    private static final long WARM_UP = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long QUICK_ITEMS = 1_000_000;
    private static final long SLOW_ITEMS = 8_000;
    private static final int SHORT = 10;
    private static final Duration SLOW = Duration.ofNanos(200_000);

    @Override
    public void run(Session session) {
        int divisor = session.shortForm() ? SHORT : 1;
        Map<Integer, WorkerPool> pools = new LinkedHashMap<>();
        try {
            for (int workers = 1; workers <= MANY; workers *= 2) {
                pools.put(
                        workers,
                        session.shortForm()
                                ? Pools.warm(workers, WARM_UP / divisor)
                                : Pools.compiled(workers, WARM_UP, PATIENCE));
                session.progress(workers + " workers are warm");
            }
            measure(session, "items that do nothing", QUICK_ITEMS / divisor, 0, pools);
            measure(session, "items of 200 us", SLOW_ITEMS / divisor, Spin.turnsIn(SLOW), pools);
        } finally {
            pools.values().forEach(WorkerPool::close);
        }
    }

    private static void measure(Session session, String what, long items, long turns, Map<Integer, WorkerPool> pools) {
        Load curve = session.load(what + " by warm workers");
        Load kept = session.load(what + ", eight workers against two, warm");
        for (int round = 0; round <= session.rounds(); round++) {
            for (Map.Entry<Integer, WorkerPool> pool : pools.entrySet()) {
                Trial trial = Trial.run(Pools.executor(pool.getValue()), Numbers.topology(items, 1, turns), items);
                if (round > 0) {
                    record(curve, kept, pool.getKey(), trial);
                }
            }
            session.progress(what + ": round " + round + " of " + session.rounds());
        }
        kept.ratio(MANY + " workers", FEW + " workers", Unit.ITEMS_PER_SECOND, Target.atLeast(KEPT));
    }

    private static void record(Load curve, Load kept, int workers, Trial trial) {
        double throughput = trial.itemsPerSecond();
        curve.at(workers, "workers")
                .sample("warm pool", Unit.ITEMS_PER_SECOND, throughput)
                .sample(
                        "warm pool",
                        COORDINATOR,
                        trial.microsPerItem(trial.spent().process()));
        if (workers == FEW || workers == MANY) {
            kept.sample(workers + " workers", Unit.ITEMS_PER_SECOND, throughput);
        }
    }
}

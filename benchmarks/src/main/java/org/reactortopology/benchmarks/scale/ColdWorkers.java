package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;

/** Throughput of whole runs that start their workers, and have to compile everything in each of them, by the number of workers. */
public final class ColdWorkers implements Suite {

    private static final Duration SLOW = Duration.ofNanos(200_000);
    private static final long ITEMS = 20_000;
    private static final long ITEMS_IN_SHORT = 2_000;
    private static final int ROUNDS = 3;

    @Override
    public void run(Session session) {
        long items = session.shortForm() ? ITEMS_IN_SHORT : ITEMS;
        long turns = Spin.turnsIn(SLOW);
        Load curve = session.load("items of 200 us by workers, their start included");
        Load kept = session.load("items of 200 us, eight workers against two, their start included");
        int rounds = Math.min(ROUNDS, session.rounds());
        for (int round = 0; round <= rounds; round++) {
            for (int workers = 1; workers <= Workers.MANY; workers *= 2) {
                double throughput = 1e9 * items / wallNanos(workers, items, turns);
                if (round > 0) {
                    curve.at(workers, "workers").sample("own workers", Unit.ITEMS_PER_SECOND, throughput);
                    if (workers == Workers.FEW || workers == Workers.MANY) {
                        kept.sample(workers + " workers", Unit.ITEMS_PER_SECOND, throughput);
                    }
                }
            }
            session.progress("start: round " + round + " of " + rounds);
        }
        kept.ratio(Workers.MANY + " workers", Workers.FEW + " workers", Unit.ITEMS_PER_SECOND);
    }

    private static long wallNanos(int workers, long items, long turns) {
        return Trial.run(Pools.started(workers).build(), Numbers.topology(items, 1, turns), items)
                .wallNanos();
    }
}

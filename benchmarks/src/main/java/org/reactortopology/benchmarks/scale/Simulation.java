package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.List;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.benchmarks.scale.CpuTimes.Role;

/**
 * The coordinator with up to 64 workers that let time pass instead of computing, beside what the model says of its assigning thread.
 *
 * @param predicted cost of an item of a few bytes in the assigning thread
 */
record Simulation(Cost predicted) {

    private static final int MOST_WORKERS = 64;
    private static final List<Duration> WORKS =
            List.of(Duration.ofNanos(10_000), Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(10));
    private static final double SECONDS = 0.4;
    private static final long MOST_ITEMS = 300_000;
    private static final long FEWEST_ITEMS = 200;
    private static final int SHORT = 20;
    private static final int ROUNDS = 2;

    /** A load for each duration of the work, with a point for each number of workers. */
    void run(Session session) {
        for (Duration work : WORKS) {
            String name = work.toNanos() / 1000 + " us";
            Load rate = session.load("simulated: throughput by workers, works of " + name);
            Load cost = session.load("simulated: assigning thread by workers, works of " + name);
            for (int round = 0; round <= ROUNDS; round++) {
                for (int workers = 1; workers <= MOST_WORKERS; workers *= 2) {
                    Trial trial = trial(session, workers, work);
                    if (round > 0) {
                        record(rate.at(workers, "workers"), cost.at(workers, "workers"), workers, work, trial);
                    }
                }
            }
            session.progress("simulated works of " + name);
        }
    }

    private static Trial trial(Session session, int workers, Duration work) {
        double offered = workers * 1e9 / work.toNanos();
        long items = (long) Math.max(FEWEST_ITEMS, Math.min(MOST_ITEMS, SECONDS * offered));
        if (session.shortForm()) {
            items = Math.max(FEWEST_ITEMS, items / SHORT);
        }
        return Trial.run(SimulatedExecutor.timed(workers, work), Numbers.topology(items, 1, 0), items);
    }

    private void record(Load rate, Load cost, int workers, Duration work, Trial trial) {
        double offered = workers * 1e9 / work.toNanos();
        double together = Math.max(1, (double) TimedWorker.TOGETHER_NANOS / work.toNanos());
        double atRate = Math.min(offered, predicted.mostPerSecond());
        rate.sample("simulated", Unit.ITEMS_PER_SECOND, trial.itemsPerSecond())
                .sample("predicted", Unit.ITEMS_PER_SECOND, atRate);
        cost.sample(
                        "simulated",
                        CoordinatorModel.CPU,
                        trial.microsPerItem(Math.max(1, trial.spent().of(Role.MAILBOX))))
                .sample("predicted", CoordinatorModel.CPU, predicted.microsAt(trial.itemsPerSecond(), together));
    }
}

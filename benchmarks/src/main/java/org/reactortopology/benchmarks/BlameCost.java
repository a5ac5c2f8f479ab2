package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/**
 * What it costs that a worker marks each item that it begins: integers through one work that does nothing, over one warm worker that marks and one that
 * does not, in turn. Argument: rounds, 10 by default.
 */
public final class BlameCost {

    private static final int ROUNDS = 10;
    private static final int WARM_UP = 3;
    private static final long ITEMS = 500_000;
    private static final long HEAP = 512L * 1024 * 1024;

    private BlameCost() {}

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

    /** Prints the throughputs, and the median, lowest and highest of the ratios of the rounds. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        try (WorkerPool marking = pool("-Dx=y");
                WorkerPool not = pool("-Dorg.reactortopology.noMarks=true")) {
            List<Double> ratios = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int i = -WARM_UP; i < rounds; i++) {
                double marked = itemsPerSecond(marking);
                double unmarked = itemsPerSecond(not);
                if (i >= 0) {
                    with.add(marked);
                    ratios.add(marked / unmarked);
                }
            }
            ratios.sort(null);
            with.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%.0f items/s; with marks / without: median %.3f, lowest %.3f, highest %.3f of %d rounds%n",
                    with.get(rounds / 2),
                    (ratios.get((rounds - 1) / 2) + ratios.get(rounds / 2)) / 2,
                    ratios.get(0),
                    ratios.get(rounds - 1),
                    rounds);
        }
    }

    private static WorkerPool pool(String option) {
        return WorkerPool.builder()
                .workers(1)
                .threads(1)
                .heap(HEAP)
                .jvmOption(option)
                .build();
    }

    private static double itemsPerSecond(WorkerPool pool) {
        long start = System.nanoTime();
        MultiProcessExecutor.builder()
                .pool(pool)
                .build()
                .run(Topology.from(Same.class, ITEMS))
                .execute()
                .block();
        return ITEMS / ((System.nanoTime() - start) / 1e9);
    }
}

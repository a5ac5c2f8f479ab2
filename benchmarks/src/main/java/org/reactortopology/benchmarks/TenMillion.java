package org.reactortopology.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Objects;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.benchmarks.harness.MeasuredCommand;

/** Ten million items through two lanes in one run: time, and the most that the heap held. Started with a small heap by {@link Core}. */
final class TenMillion {

    private static final long ITEMS = 10_000_000;

    private TenMillion() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        RunReport report = Objects.requireNonNull(ParallelExecutor.threads(TopologyBenchmark.LANES)
                .run(TopologyBenchmark.noOps(ITEMS, false))
                .execute()
                .block());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (report.counts().done() != ITEMS) {
            throw new IllegalStateException("the run went wrong: " + report.summary());
        }
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        MeasuredCommand.tell("seconds", seconds);
        MeasuredCommand.tell("MiB", peak / 1024.0 / 1024.0);
    }
}

package org.reactortopology.benchmarks.scale;

import java.util.concurrent.atomic.AtomicReference;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;

/**
 * One run, watched between two of its outcomes.
 *
 * @param items outcomes between the first look and the last
 * @param spent by this process and those below it meanwhile
 * @param wallNanos of the whole run, from its subscription to its end
 */
record Trial(long items, CpuTimes spent, long wallNanos) {

    /** Runs it, and looks from a tenth of the items to nine tenths, so that neither start nor end is in it. */
    static Trial run(TopologyExecutor executor, Topology<?> topology, long items) {
        AtomicReference<CpuTimes> first = new AtomicReference<>(CpuTimes.now());
        AtomicReference<CpuTimes> last = new AtomicReference<>(first.get());
        long from = items / 10;
        long to = items - from;
        long start = System.nanoTime();
        Long count = executor.run(topology)
                .outcomes()
                .index()
                .doOnNext(outcome -> {
                    if (outcome.getT1() == from) {
                        first.set(CpuTimes.now());
                    } else if (outcome.getT1() == to) {
                        last.set(CpuTimes.now());
                    }
                })
                .count()
                .block();
        long wall = System.nanoTime() - start;
        if (count == null || count != items) {
            throw new IllegalStateException(count + " outcomes came of " + items + " items");
        }
        return new Trial(to - from, last.get().since(first.get()), wall);
    }

    /** Items a second between the looks. */
    double itemsPerSecond() {
        return 1e9 * items / spent.at();
    }

    /** Items a second of the whole run. */
    double itemsPerSecondOfAll() {
        return 1.25e9 * items / wallNanos;
    }

    /** Microseconds of that for each item. */
    double microsPerItem(long nanos) {
        return nanos / 1e3 / items;
    }
}

package org.reactortopology.benchmarks.peers;

import java.util.LongSummaryStatistics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parallel stream in a pool of two threads. A stream has no fan-out and no join: each item becomes two parts, of which the second to come finds the first
 * in a concurrent map.
 */
final class ParallelStreams implements Subject {

    private final ForkJoinPool pool = new ForkJoinPool(PARALLELISM);

    private record Part(Long key, boolean left, Long value) {}

    @Override
    public void start() {
        // The pool starts its threads when they are needed.
    }

    @Override
    public Total run(PeerLoad load, int items) throws Exception {
        LongSummaryStatistics statistics = pool.submit(() -> results(
                                load, LongStream.range(0, items).parallel().boxed())
                        .mapToLong(Long::longValue)
                        .summaryStatistics())
                .get();
        return new Total(statistics.getCount(), statistics.getSum());
    }

    private static Stream<Long> results(PeerLoad load, Stream<Long> numbers) {
        return switch (load) {
            case NO_OP ->
                numbers.map(Works::same).map(Works::same).map(Works::same).map(Works::same);
            case SMALL -> numbers.map(Works::small);
            case SKEWED -> numbers.map(Works::skewed);
            case JOIN -> joined(numbers);
        };
    }

    private static Stream<Long> joined(Stream<Long> numbers) {
        ConcurrentMap<Long, Long> waiting = new ConcurrentHashMap<>();
        return numbers.flatMap(item ->
                        Stream.of(new Part(item, true, Works.left(item)), new Part(item, false, Works.right(item))))
                .mapMulti((part, results) -> {
                    Long other = other(waiting, part);
                    if (other != null) {
                        results.accept(other + part.value());
                    }
                });
    }

    private static @Nullable Long other(ConcurrentMap<Long, Long> waiting, Part part) {
        return waiting.putIfAbsent(part.key(), part.value()) == null ? null : waiting.remove(part.key());
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}

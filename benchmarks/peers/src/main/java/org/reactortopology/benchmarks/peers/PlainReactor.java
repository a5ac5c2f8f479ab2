package org.reactortopology.benchmarks.peers;

import reactor.core.publisher.Flux;
import reactor.core.publisher.ParallelFlux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor's rails, each of which sums up for itself (<a href="https://projectreactor.io/docs/core/release/reference/advancedFeatures/parallelizing-work-with-parallelflux.html">Parallelizing
 * Work with ParallelFlux</a>). The rails take turns, so their buffers are small where items are long.
 */
final class PlainReactor implements Subject {

    private static final int MANY = 256;
    private static final int FEW = 16;

    private final Scheduler scheduler = Schedulers.newParallel("reactor", PARALLELISM);

    @Override
    public void start() {
        scheduler.init();
    }

    @Override
    public Total run(PeerLoad load, int items) {
        Flux<Long> numbers = Flux.range(0, items).map(Integer::longValue);
        return switch (load) {
            case NO_OP ->
                sum(rails(numbers, MANY)
                        .map(Works::same)
                        .map(Works::same)
                        .map(Works::same)
                        .map(Works::same));
            case SMALL -> sum(rails(numbers, FEW).map(Works::small));
            case SKEWED -> sum(rails(numbers, 1).map(Works::skewed));
            case JOIN ->
                numbers.publish(shared -> Flux.zip(
                                shared.publishOn(scheduler).map(Works::left),
                                shared.publishOn(scheduler).map(Works::right),
                                Long::sum))
                        .collect(Total::new, Total::add)
                        .blockOptional()
                        .orElseThrow();
        };
    }

    private ParallelFlux<Long> rails(Flux<Long> numbers, int prefetch) {
        return numbers.parallel(PARALLELISM, prefetch).runOn(scheduler, prefetch);
    }

    private static Total sum(ParallelFlux<Long> results) {
        return results.reduce(Total::new, Total::add)
                .sequential()
                .reduce(Total::combine)
                .blockOptional()
                .orElseThrow();
    }

    @Override
    public void close() {
        scheduler.dispose();
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.series.Splits;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemSource;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The source, split into partitions.
 *
 * @param partitions one flux that all workers share, or one for each worker
 * @param total items in the source, where it knows
 */
record Feeds(List<Flux<Item>> partitions, OptionalLong total, boolean shared) {

    /** Most items that a source which is not a series may have to be split into contiguous shares. */
    static final int CONTIGUOUS_LIMIT = 1_000_000;

    /**
     * Splits the plan's source for so many workers. A source that is not a series must be read to its end to be split into near-equal shares.
     */
    static Mono<Feeds> of(TopologyPlan plan, int workers) {
        boolean contiguous = plan.partitioning() == Partitioning.CONTIGUOUS;
        if (plan.source() instanceof Source.OfSeries ofSeries) {
            return Mono.fromCallable(() -> {
                Series<?> series = ofSeries.series().snapshot();
                return ofSeries(plan.source().name(), series, contiguous ? workers : 1, contiguous);
            });
        }
        Flux<Item> items = ItemSource.items(plan.source());
        if (!contiguous) {
            return Mono.just(new Feeds(List.of(items), OptionalLong.empty(), true));
        }
        String name = plan.source().name();
        List<Item> all = new ArrayList<>();
        return items.take(CONTIGUOUS_LIMIT + 1L)
                .doOnNext(all::add)
                .then(Mono.fromCallable(() -> ofList(name, all, workers, Mono.empty())))
                .onErrorResume(error -> Mono.fromCallable(() -> ofList(name, all, workers, Mono.error(error))));
    }

    private static Feeds ofSeries(String source, Series<?> series, int parts, boolean contiguous) {
        List<Flux<Item>> partitions = new ArrayList<>();
        for (Splits.Range range : Splits.nearEqual(series.size(), parts)) {
            partitions.add(ItemSource.range(source, series, range.start(), range.stop()));
        }
        return new Feeds(partitions, OptionalLong.of(series.size()), !contiguous);
    }

    /** The shares of a list; what the source ended with, if that was an error, ends the last of them. */
    private static Feeds ofList(String source, List<Item> items, int parts, Mono<Item> end) {
        if (items.size() > CONTIGUOUS_LIMIT) {
            throw new TopologyException("source '" + source + "' has more than " + CONTIGUOUS_LIMIT
                    + " items: contiguous() must hold all items of a source that is not a series; use onDemand()");
        }
        List<Flux<Item>> partitions = new ArrayList<>();
        for (Splits.Range range : Splits.nearEqual(items.size(), parts)) {
            partitions.add(Flux.fromIterable(items.subList((int) range.start(), (int) range.stop())));
        }
        Flux<Item> last = partitions.isEmpty() ? Flux.empty() : partitions.remove(partitions.size() - 1);
        partitions.add(last.concatWith(end));
        return new Feeds(partitions, OptionalLong.of(items.size()), false);
    }
}

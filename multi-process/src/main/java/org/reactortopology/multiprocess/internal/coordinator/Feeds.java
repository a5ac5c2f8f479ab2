package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.series.Splits;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemSource;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Source;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What enters the slice, split into partitions.
 *
 * @param partitions one flux that all workers share, or one for each worker
 * @param total items that enter, where it is known
 */
record Feeds(List<Flux<Item>> partitions, OptionalLong total, boolean shared) {

    /** Most items that a source which is not a series may have to be split into contiguous shares. */
    static final int CONTIGUOUS_LIMIT = 1_000_000;

    /**
     * Splits for so many workers. A series is read by ranges, each where its turn comes; anything else is what {@code entering} brings, which must be
     * read to its end to be split into near-equal shares.
     */
    static Mono<Feeds> of(WorkerSlice slice, Flux<Item> entering, int workers) {
        boolean contiguous = slice.partitioning() == Partitioning.CONTIGUOUS;
        if (slice.series().isPresent()) {
            Source.OfSeries source = slice.series().get();
            return Mono.fromCallable(() -> {
                Series<?> series = source.series().snapshot();
                return ofSeries(slice, series, contiguous ? workers : 1, contiguous);
            });
        }
        if (!contiguous) {
            return Mono.just(new Feeds(List.of(entering), OptionalLong.empty(), true));
        }
        String name = slice.nameBefore();
        List<Item> all = new ArrayList<>();
        return entering.take(CONTIGUOUS_LIMIT + 1L)
                .doOnNext(all::add)
                .then(Mono.fromCallable(() -> ofList(name, all, workers, Mono.empty())))
                .onErrorResume(error -> Mono.fromCallable(() -> ofList(name, all, workers, Mono.error(error))));
    }

    private static Feeds ofSeries(WorkerSlice slice, Series<?> series, int parts, boolean contiguous) {
        // where works stand behind the slice, an item may get several parts
        boolean goesOn = slice.slice().exit().isPresent();
        List<Flux<Item>> partitions = new ArrayList<>();
        for (Splits.Range range : Splits.nearEqual(series.size(), parts)) {
            Flux<Item> items = ItemSource.range(slice.plan().source().name(), series, range.start(), range.stop())
                    .map(slice.plan()::admitted);
            partitions.add(goesOn ? items.map(Feeds::root) : items);
        }
        return new Feeds(partitions, OptionalLong.of(series.size()), !contiguous);
    }

    private static Item root(Item item) {
        return item.withLineage(Lineage.root(item.key(), item.index()));
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

package org.reactortopology.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactortopology.DuplicateKeyException;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Series;
import org.reactortopology.SourceFailedException;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.lane.FluxIndexes;
import org.reactortopology.internal.series.FileSeries;
import org.reactortopology.internal.series.PairSeries;
import org.reactortopology.internal.series.RangeSeries;
import org.reactortopology.internal.series.SliceSeries;
import reactor.core.publisher.Flux;

/** Turns a source into items: gives each its key and index, refuses bad keys, names the source in errors. */
public final class ItemSource {

    private ItemSource() {}

    /**
     * The items of any source, on demand.
     *
     * @param inFlight remembers the keys of a source that is supplied from outside
     * @throws InvalidTopologyException if the source is to be supplied from outside and is not
     */
    public static Flux<Item> items(Source source, KeysInFlight inFlight) {
        return source instanceof Source.OfInput input ? ofInput(input, inFlight) : items(source);
    }

    /**
     * The items of any source but one that is supplied from outside, on demand. Fails with a {@link TopologyException}: {@link DuplicateKeyException} for a key seen before,
     * {@link SourceFailedException} for an error of the source itself.
     */
    public static Flux<Item> items(Source source) {
        if (source instanceof Source.OfSeries ofSeries) {
            return Flux.defer(() -> {
                Series<?> series = ofSeries.series().snapshot();
                return range(source.name(), series, 0, series.size());
            });
        }
        return ofPublisher((Source.OfPublisher) source);
    }

    /**
     * The items of a series from index {@code start} to before {@code stop}, on demand; indexes are those of the whole series. A key is
     * refused if it was seen before in this range.
     */
    public static Flux<Item> range(String source, Series<?> series, long start, long stop) {
        boolean unique = series.hasUniqueKeys() || haveUniqueKeys(series);
        return Flux.defer(() -> range(source, series, start, stop, unique ? null : new HashMap<>()));
    }

    /**
     * The indexes of a series whose items can be made by any thread, in any order: nothing need be remembered of one for another. Empty for any other
     * series, whose items are made by {@link #range}, one after the other.
     */
    public static Optional<Flux<Object>> indexes(Series<?> series) {
        if (!haveUniqueKeys(series) || series.size() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new FluxIndexes((int) series.size()));
    }

    /** The item of one of the {@link #indexes}. */
    public static Item at(Series<?> series, Object index) {
        int position = (Integer) index;
        return Item.of(series.keyAt(position), position, series.valueAt(position));
    }

    private static Flux<Item> range(
            String source, Series<?> series, long start, long stop, @Nullable Map<String, Long> seen) {
        return Flux.generate(() -> start, (index, sink) -> {
            if (index >= stop) {
                sink.complete();
                return index;
            }
            try {
                String key = checked(source, series.keyAt(index), index);
                if (seen != null) {
                    refuseSecond(source, key, index, seen);
                }
                sink.next(Item.of(key, index, series.valueAt(index)));
            } catch (RuntimeException e) {
                sink.error(named(source, e, index - start));
            }
            return index + 1;
        });
    }

    private static Flux<Item> ofInput(Source.OfInput source, KeysInFlight inFlight) {
        Publisher<?> publisher = source.publisher();
        if (publisher == null) {
            throw new InvalidTopologyException(
                    source.name(),
                    List.of("its source '" + source.name() + "' is supplied from outside: run it by"
                            + " flux.transform(executor.through(topology))"));
        }
        return Flux.defer(() -> {
            AtomicLong emitted = new AtomicLong();
            return Flux.from(publisher)
                    .<Item>map(value -> {
                        long index = emitted.get();
                        if (!source.type().isInstance(value)) {
                            throw new TopologyException("input '" + source.name() + "' got a "
                                    + value.getClass().getName() + " at index " + index + ": it takes "
                                    + source.type().getName());
                        }
                        String key = checked(source.name(), source.key().apply(value), index);
                        inFlight.entered(source.name(), key, index);
                        emitted.set(index + 1);
                        return Item.of(key, index, value);
                    })
                    .onErrorMap(error -> named(source.name(), error, emitted.get()));
        });
    }

    private static Flux<Item> ofPublisher(Source.OfPublisher source) {
        return Flux.defer(() -> {
            Map<String, Long> seen = new HashMap<>();
            AtomicLong emitted = new AtomicLong();
            return Flux.from(source.publisher())
                    .<Item>map(value -> {
                        long index = emitted.get();
                        String key = source.key().apply(value);
                        check(source, key, index, seen);
                        emitted.set(index + 1);
                        return Item.of(key, index, value);
                    })
                    .onErrorMap(error -> named(source.name(), error, emitted.get()));
        });
    }

    private static void check(Source source, String key, long index, Map<String, Long> seen) {
        refuseSecond(source.name(), checked(source.name(), key, index), index, seen);
    }

    private static void refuseSecond(String source, String key, long index, Map<String, Long> seen) {
        Long first = seen.putIfAbsent(key, index);
        if (first != null) {
            throw new DuplicateKeyException(source, key, first, index);
        }
    }

    /** Numbers and the names of files in one directory need not be remembered; neither need pairs of numbers. */
    private static boolean haveUniqueKeys(Series<?> series) {
        if (series instanceof SliceSeries<?> slice) {
            return haveUniqueKeys(slice.elements());
        }
        return series instanceof RangeSeries
                || series instanceof FileSeries
                || (series instanceof PairSeries<?> pairs && pairs.elements() instanceof RangeSeries);
    }

    /** The user's code made the key, so it may be null whatever its type says. */
    private static String checked(String source, @Nullable String key, long index) {
        if (key == null || key.isBlank()) {
            throw new TopologyException("source '" + source + "' gave the item at index " + index + " the key "
                    + (key == null ? "null" : "'" + key + "'")
                    + ": a key must not be null or blank; change the key function");
        }
        return key;
    }

    private static Throwable named(String source, Throwable error, long emitted) {
        return error instanceof TopologyException ? error : new SourceFailedException(source, emitted, error);
    }
}

package org.reactortopology.test.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.reactortopology.Keyed;
import reactor.core.publisher.Flux;

/** The operators of {@code transform}: none cares in what order the items come. */
final class Operators {

    private static final int VARIANTS = 6;

    private static final int FEW = 3;

    private Operators() {}

    /** What the operator emits, and whether it fails in the end. */
    record Result(Map<String, Long> emitted, boolean fails) {}

    static Function<Flux<Keyed<Long>>, Flux<Keyed<Long>>> of(Op op, int number) {
        return switch (op.a() % VARIANTS) {
            case 0 -> items -> items.map(item -> item.with(Values.mix(op.salt(), item.value())));
            case 1 -> items -> items.filter(item -> Values.keeps(op, Values.hash(item.key())));
            case 2 -> items -> sorted(items).take(FEW);
            case 3 -> items -> sorted(items).take(FEW).concatWith(Flux.error(new IllegalStateException("it breaks")));
            case 4 ->
                items -> items.collectList()
                        .flatMapMany(all -> Flux.fromIterable(all)
                                .concatWithValues(new Keyed<>(
                                        sumKey(number),
                                        Values.sum(
                                                all.stream().map(Keyed::value).toList()))));
            default -> items -> items.buffer(4).concatMapIterable(Function.identity());
        };
    }

    static Result expected(Op op, int number, Map<String, Long> given) {
        int variant = op.a() % VARIANTS;
        Map<String, Long> emitted = new LinkedHashMap<>();
        new TreeMap<>(given).forEach((key, value) -> {
            boolean out = variant == 1
                    ? Values.keeps(op, Values.hash(key))
                    : (variant != 2 && variant != 3) || emitted.size() < FEW;
            if (out) {
                emitted.put(key, variant == 0 ? Values.mix(op.salt(), value) : value);
            }
        });
        if (variant == 4) {
            emitted.put(sumKey(number), Values.sum(List.copyOf(given.values())));
        }
        return new Result(emitted, variant == 3);
    }

    private static String sumKey(int number) {
        return "sum" + number;
    }

    private static Flux<Keyed<Long>> sorted(Flux<Keyed<Long>> items) {
        return items.collectSortedList((one, other) -> one.key().compareTo(other.key()))
                .flatMapIterable(Function.identity());
    }
}

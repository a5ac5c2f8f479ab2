package org.reactortopology.internal.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.lane.FluxIndexes;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Holds an error of the source back until all results are out. Operators that delay errors would delay that of a broken work too, and go on
 * with the source as if the JVM were sound; those that do not would drop what they have fetched ahead.
 */
final class LateError {

    private LateError() {}

    /** The results of the works, then the error of {@code in}, if it had one. Subscribed to once. */
    static <A, R> Flux<R> of(Flux<A> in, Function<Flux<A>, Flux<R>> works) {
        if ((Flux<?>) in instanceof FluxIndexes) {
            return works.apply(in);
        }
        AtomicReference<@Nullable Throwable> held = new AtomicReference<>();
        Flux<A> arrivals = in.onErrorComplete(error -> {
            held.set(error);
            return true;
        });
        return works.apply(arrivals).concatWith(Mono.defer(() -> {
            Throwable error = held.get();
            return error == null ? Mono.empty() : Mono.error(error);
        }));
    }
}

package org.reactortopology.test;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.spi.Source;
import reactor.core.publisher.Sinks;

/** Stands in for a topology's source: emits what a test gives, holding it until it is asked for. Told by one thread at a time. */
final class GivenSource {

    private final String topology;
    private final Source replaced;
    private final Sinks.Many<Object> values = Sinks.many().unicast().onBackpressureBuffer();

    /** Keys of the values, in their order; empty where the source's own function makes it. Read by whoever takes the value. */
    private final Queue<Optional<String>> keys = new ConcurrentLinkedQueue<>();

    GivenSource(Topology<?> topology) {
        this.topology = topology.name();
        this.replaced = topology.plan().source();
    }

    /** The same topology with this as its source. */
    <O> Topology<O> in(Topology<O> others) {
        Function<Object, String> key = value -> keys.remove().orElseGet(() -> ownKey().apply(value));
        return PlanRewrite.source(
                others,
                source -> source instanceof Source.OfInput input
                        ? new Source.OfInput(input.name(), input.type(), key, values.asFlux())
                        : new Source.OfPublisher(source.name(), values.asFlux(), key));
    }

    void give(@Nullable String key, Object value) {
        keys.add(Optional.ofNullable(key));
        values.tryEmitNext(value); // not taken any more after the run has ended, which the verifier sees
    }

    void fail(Throwable error) {
        values.tryEmitError(error);
    }

    void complete() {
        values.tryEmitComplete();
    }

    /** Refuses what could not be an item, before anything runs. */
    static void check(Topology<?> topology, @Nullable String key, Object value) {
        Source source = topology.plan().source();
        if (source instanceof Source.OfInput input && !input.type().isInstance(value)) {
            throw new IllegalArgumentException("topology '" + topology.name() + "' takes "
                    + input.type().getName() + " from '" + input.name() + "', not " + ValueText.of(value) + " of "
                    + value.getClass().getName());
        }
        if (source instanceof Source.OfSeries && key == null) {
            throw new IllegalArgumentException("topology '" + topology.name() + "': its source '" + source.name()
                    + "' is a series, whose keys are not made of its values: give " + ValueText.of(value)
                    + " with a key");
        }
    }

    private Function<Object, String> ownKey() {
        if (replaced instanceof Source.OfInput input) {
            return input.key();
        } else if (replaced instanceof Source.OfPublisher publisher) {
            return publisher.key();
        }
        throw new IllegalStateException("topology '" + topology + "': a value was given without a key");
    }
}

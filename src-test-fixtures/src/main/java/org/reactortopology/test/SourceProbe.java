package org.reactortopology.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * Watches a source from outside: how often it was subscribed to and cancelled, how much it emitted. Found by name, so that a
 * {@link org.reactortopology.TopologyFactory} and the test that runs its topology see the same probe; a source runs only in the JVM of the test.
 */
public final class SourceProbe {

    private static final Map<String, SourceProbe> PROBES = new ConcurrentHashMap<>();

    private final AtomicLong subscriptions = new AtomicLong();
    private final AtomicLong cancellations = new AtomicLong();
    private final AtomicLong emitted = new AtomicLong();

    private SourceProbe() {}

    /** The probe of that name, made when first asked for. */
    public static SourceProbe named(String name) {
        return PROBES.computeIfAbsent(name, key -> new SourceProbe());
    }

    /** The source, watched. */
    public <T> Flux<T> watch(Flux<T> source) {
        return source.doOnSubscribe(subscription -> subscriptions.incrementAndGet())
                .doOnNext(value -> emitted.incrementAndGet())
                .doOnCancel(cancellations::incrementAndGet);
    }

    /** Subscriptions so far. */
    public long subscriptions() {
        return subscriptions.get();
    }

    /** Cancellations so far. */
    public long cancellations() {
        return cancellations.get();
    }

    /** Elements emitted so far. */
    public long emitted() {
        return emitted.get();
    }
}

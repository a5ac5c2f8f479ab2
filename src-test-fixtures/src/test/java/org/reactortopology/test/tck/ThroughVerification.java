package org.reactortopology.test.tck;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import org.reactivestreams.Publisher;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Reactive Streams rules for a flux that a topology was put into as an operator. Each of its subscriptions is a new run. */
public abstract class ThroughVerification extends OutcomesVerification {

    private final Topology<Long> topology = Topology.named("tck-through")
            .input("numbers", Long.class, Object::toString)
            .map("one", cpu(n -> n + 1))
            .map("two", async(n -> Mono.just(n + 1)))
            .queue(bounded(4))
            .map("three", io(n -> n + 1))
            .build();

    @Override
    public Publisher<Outcome<Long>> createPublisher(long items) {
        return Flux.range(0, (int) Math.min(items, maxElementsFromPublisher()))
                .map(Integer::longValue)
                .transform(executor().through(topology));
    }

    @Override
    public Publisher<Outcome<Long>> createFailedPublisher() {
        return Flux.<Long>error(new IllegalStateException("failed on purpose"))
                .transform(executor().through(topology));
    }
}

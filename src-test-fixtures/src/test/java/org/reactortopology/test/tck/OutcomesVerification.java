package org.reactortopology.test.tck;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.reactortopology.Outcome;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;

/** The Reactive Streams rules for the outcomes of a run. A run has one subscriber, so each publisher is a new run. */
public abstract class OutcomesVerification extends PublisherVerification<Outcome<Long>> {

    private static final long MOST = 100_000;

    protected OutcomesVerification() {
        super(new TestEnvironment(500, 100), 500);
    }

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @Override
    public Publisher<Outcome<Long>> createPublisher(long items) {
        return executor()
                .run(Topology.named("tck")
                        .source("numbers", Series.range(0, Math.min(items, MOST), 1))
                        .map("one", cpu(n -> n + 1))
                        .queue(bounded(4))
                        .map("two", io(n -> n + 1))
                        .build())
                .outcomes();
    }

    @Override
    public Publisher<Outcome<Long>> createFailedPublisher() {
        return executor()
                .run(Topology.named("tck-failed")
                        .source(
                                "numbers",
                                Flux.<Long>error(new IllegalStateException("failed on purpose")),
                                n -> "" + n)
                        .map("one", cpu(n -> n + 1))
                        .build())
                .outcomes();
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }
}

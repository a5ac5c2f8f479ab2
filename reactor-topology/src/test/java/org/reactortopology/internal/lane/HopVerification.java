package org.reactortopology.internal.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import reactor.core.publisher.Flux;

/** The Reactive Streams rules for a publisher, for a hop on a pool of two threads. */
public abstract class HopVerification extends PublisherVerification<Integer> {

    private static final int MOST = 100_000;

    private ExecutorService pool;

    protected HopVerification() {
        super(new TestEnvironment(1000, 50), 250);
    }

    @BeforeClass
    public void startThreads() {
        pool = Executors.newFixedThreadPool(2);
    }

    @AfterClass
    public void stopThreads() {
        pool.shutdownNow();
    }

    /** The hop under test. */
    abstract FluxLanes<?, Integer> hop(Flux<Integer> source);

    @Override
    public Publisher<Integer> createPublisher(long items) {
        return hop(Flux.range(0, (int) Math.min(items, MOST)));
    }

    @Override
    public @Nullable Publisher<Integer> createFailedPublisher() {
        return hop(Flux.error(new IllegalStateException("failed on purpose")));
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }

    <A> FluxLanes<A, Integer> twoLanes(Flux<A> source, Supplier<LaneFunction<A, Integer>> functions, int items) {
        return new FluxLanes<>(
                source, functions, 2, pool, Bound.items(items), new QueueGauge("edge", items, Long.MAX_VALUE));
    }
}

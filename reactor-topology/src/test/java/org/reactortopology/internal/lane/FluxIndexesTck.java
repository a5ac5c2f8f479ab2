package org.reactortopology.internal.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** The Reactive Streams rules for a publisher, for a hop whose lanes take indexes, on a pool of two threads. */
public class FluxIndexesTck extends PublisherVerification<Integer> {

    private ExecutorService pool;

    public FluxIndexesTck() {
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

    @Override
    public Publisher<Integer> createPublisher(long items) {
        return new FluxLanes<Object, Integer>(
                new FluxIndexes((int) Math.min(items, 100_000)),
                () -> Integer.class::cast,
                2,
                pool,
                Bound.items(7),
                new QueueGauge("edge", 7, Long.MAX_VALUE));
    }

    /** Indexes never fail. */
    @Override
    public @Nullable Publisher<Integer> createFailedPublisher() {
        return null;
    }

    @Override
    public long maxElementsFromPublisher() {
        return 100_000;
    }
}

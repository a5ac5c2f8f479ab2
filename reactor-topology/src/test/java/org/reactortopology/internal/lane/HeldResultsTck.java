package org.reactortopology.internal.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import reactor.core.publisher.Flux;

/** The Reactive Streams rules for a publisher, for a hop whose lanes hold results back. */
public class HeldResultsTck extends PublisherVerification<Integer> {

    private ExecutorService pool;

    public HeldResultsTck() {
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
        return hop(Flux.range(0, (int) Math.min(items, 100_000)));
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
        return hop(Flux.error(new IllegalStateException("failed on purpose")));
    }

    @Override
    public long maxElementsFromPublisher() {
        return 100_000;
    }

    private FluxLanes<Integer, Integer> hop(Flux<Integer> source) {
        LaneFunction<Integer, Integer> quick = new LaneFunction<>() {
            @Override
            public Integer apply(Integer item) {
                return item;
            }

            @Override
            public boolean isQuick() {
                return true;
            }
        };
        return new FluxLanes<>(
                source, () -> quick, 2, pool, Bound.items(16), new QueueGauge("edge", 16, Long.MAX_VALUE));
    }
}

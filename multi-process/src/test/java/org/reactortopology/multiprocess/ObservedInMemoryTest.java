package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactortopology.QueueDepth;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.ObservedCase;
import org.reactortopology.test.ObservedCase.Params;
import org.reactortopology.test.ObservedCase.Shape;
import org.reactortopology.test.ObservedContract;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

class ObservedInMemoryTest extends ObservedContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }

    @Test
    void theQueuesOfAllWorkersAreAddedUp() {
        TopologyRun<Long> run = executor().run(Topology.from(ObservedCase.class, new Params(Shape.QUEUE, 100_000)));
        assertThat(run.queues()).isEmpty();
        BaseSubscriber<Object> nobodyAsks = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                request(1);
            }
        };
        run.outcomes().subscribe(nobodyAsks);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(run.queues())
                        .filteredOn(queue -> queue.edge().equals("'one' -> 'two'"))
                        .singleElement()
                        .satisfies(queue -> {
                            assertThat(queue.capacity()).isEqualTo(3 * InMemory.WORKERS);
                            assertThat(queue.highest()).isBetween(1, queue.capacity());
                            assertThat(queue.maxWeight()).isEqualTo(Long.MAX_VALUE);
                        }));
        assertThat(run.queues()).extracting(QueueDepth::edge).contains("'numbers' -> 'one'");
        nobodyAsks.cancel();
        Mono.from(run.report()).block(Duration.ofSeconds(60));
    }
}

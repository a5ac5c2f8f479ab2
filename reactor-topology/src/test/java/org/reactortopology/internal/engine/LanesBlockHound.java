package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Capacity.bounded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.Work;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Nothing in the engine blocks a thread that must not: BlockHound throws where something does, and the item would fail. */
@Timeout(60)
class LanesBlockHound {

    private enum Way {
        LEFT,
        RIGHT
    }

    @BeforeAll
    static void install() {
        BlockHound.builder()
                .loadIntegrations()
                // an idle thread of a pool waits for its next task
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "getTask")
                // and its queue is locked for the few instructions that put a task in
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                .install();
    }

    @Test
    void aCpuWorkThatBlocksIsFoundOut() {
        Topology<Long> topology = numbers(1)
                .map("block", Work.<Long, Long>cpu(n -> {
                    new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                    return n;
                }))
                .build();

        assertThat(only(topology))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(BlockingOperationError.class));
    }

    @Test
    void anAsyncWorkThatBlocksTheThreadThatBringsItsItemIsFoundOut() {
        Topology<Long> topology = numbers(1)
                .map("compute", Work.cpu(n -> n))
                .map("block", Work.async(n -> {
                    try {
                        new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        return Mono.error(e);
                    }
                    return Mono.just(n);
                }))
                .build();

        assertThat(only(topology))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(BlockingOperationError.class));
    }

    @Test
    void nothingOfTheEngineBlocks() {
        Stage<Long> start =
                Topology.named("all").source("numbers", Flux.range(0, 2_000).map(Integer::longValue), Object::toString);
        var ways = start.map("compute", Work.<Long, Long>cpu(n -> n + 1))
                .queue(bounded(3))
                .map(
                        "later",
                        Work.<Long, Long>async(
                                n -> Mono.just(n).delayElement(Duration.ofNanos(1), Schedulers.parallel())))
                .map("limited", Work.<Long, Long>cpu(n -> n).timeout(Duration.ofSeconds(30)))
                .branch("choose", Way.class, Work.cpu(n -> n % 2 == 0 ? Way.LEFT : Way.RIGHT));
        Stage<Long> merged =
                ways.on(Way.LEFT).map("left", Work.<Long, Long>cpu(n -> n)).merge("both", ways.on(Way.RIGHT));
        Topology<Long> topology = merged.map("one", Work.<Long, Long>cpu(n -> n))
                .joinByKey("join", merged.map("two", Work.<Long, Long>cpu(n -> n)), Long::sum)
                .ordered(16)
                .window("window", 2, 2)
                .<Long>flatMap("split", Work.cpu(List::copyOf))
                .loop("loop", 3, body -> body.map("again", Work.<Long, Long>cpu(n -> n)), Work.cpu(n -> true))
                .build();

        RunReport report = ParallelExecutor.threads(2).run(topology).execute().block(Duration.ofSeconds(50));

        assertThat(report.counts().failures()).isZero();
        assertThat(report.counts().done()).isEqualTo(2_000);
    }

    private static Stage<Long> numbers(long count) {
        return Topology.named("blocks").source("numbers", Series.range(0, count, 1));
    }

    private static Outcome<Long> only(Topology<Long> topology) {
        return ParallelExecutor.threads(1).run(topology).outcomes().blockLast(Duration.ofSeconds(30));
    }
}

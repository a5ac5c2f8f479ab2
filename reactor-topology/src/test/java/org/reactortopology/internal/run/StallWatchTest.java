package org.reactortopology.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Capacity.bounded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

@Timeout(60)
class StallWatchTest {

    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(StallWatch.class);

    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.WARN) {
                warnings.add(event.getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(appender);
    }

    @Test
    void namesTheFullEdgeAndTheKeysInFlight() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Topology<Long> topology = Topology.named("stuck")
                .stallAfter(Duration.ofMillis(100))
                .source("numbers", Series.range(0, 100, 1))
                .map("read", Work.cpu(n -> n))
                .queue(bounded(3))
                .map(
                        "save",
                        Work.<Long, Long>io(n -> {
                                    go.await();
                                    return n;
                                })
                                .concurrency(1))
                .build();
        TopologyRun<Long> run = ParallelExecutor.threads(1).run(topology);

        StepVerifier.create(run.outcomes())
                .then(() -> {
                    assertThat(awaitWith("blocked edge"))
                            .startsWith("topology 'stuck': nothing has moved for 100 ms; ")
                            .contains("blocked edge 'read' -> 'save' holds ", " of 3 items", "in flight '0' in 'save'");
                    go.countDown();
                })
                .expectNextCount(100)
                .verifyComplete();
    }

    @Test
    void aRunThatWaitsForDemandSaysSoOnce() {
        Topology<Long> topology = Topology.named("idle")
                .stallAfter(Duration.ofMillis(50))
                .source("numbers", Series.range(0, 100, 1))
                .map("read", Work.cpu(n -> n))
                .build();

        List<String> all = new ArrayList<>();
        StepVerifier.create(ParallelExecutor.threads(1).run(topology).outcomes(), 1)
                .expectNextCount(1)
                .then(() -> all.add(awaitWith("1 ended")))
                .thenAwait(Duration.ofMillis(250))
                .thenCancel()
                .verify();
        warnings.drainTo(all);

        assertThat(all.get(0)).contains("waits for the source, for demand, or for workers");
        assertThat(all).as("of each standstill once").doesNotHaveDuplicates();
    }

    /** On a busy machine nothing may have moved before the first item is where it is held up. */
    private String awaitWith(String part) {
        String warning = await();
        while (!warning.contains(part) && !warning.equals("null")) {
            warning = await();
        }
        return warning;
    }

    private String await() {
        try {
            return String.valueOf(warnings.poll(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package org.reactortopology;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** Runs over a few numbers. */
@Timeout(60)
abstract class RunsOfNumbers {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stage<Long> numbers(long count) {
        return Topology.named("numbers").source("numbers", Series.range(0, count, 1));
    }

    static <O> TopologyRun<O> sequential(Topology<O> topology) {
        return SequentialExecutor.create().run(topology);
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the latch within 30 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

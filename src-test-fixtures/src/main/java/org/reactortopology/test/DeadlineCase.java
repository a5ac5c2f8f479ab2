package org.reactortopology.test;

import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.WorkContext;
import reactor.core.publisher.Mono;

/** One work over numbers, for each thing that {@link DeadlineContract} shows. Public because child JVMs build it too. */
public final class DeadlineCase implements TopologyFactory<DeadlineCase.Params, String> {

    /** Far more than what a call that does nothing takes, also on a machine that does other things. */
    static final Duration SHORT = Duration.ofMillis(400);

    static final Duration LONG = Duration.ofHours(1);

    /** What the work does with its items. */
    public enum Shape {
        /** Multiples of 3 fall silent at once. */
        SILENT_CPU,
        /** The same on a thread that may block. */
        SILENT_IO,
        /** The same with a publisher that signals nothing. */
        SILENT_ASYNC,
        /** Multiples of 3 show progress from another thread until the limit of the whole call is over. */
        TICKING,
        /** Works of all kinds, some with limits, say the key that they know. */
        KEYS,
        /** Multiples of 3 fail, their successors hang, always; failures are tried 3 times, timeouts 2 times. */
        RETRIED,
        /** The first attempt hangs, the second fails. */
        MIXED
    }

    /** What is run. */
    public record Params(Shape shape, long items) {}

    @Override
    public Topology<String> create(Params params) {
        Stage<Long> numbers = Topology.named("deadlines").source("numbers", Series.range(0, params.items(), 1));
        return stage(numbers, params.shape()).build();
    }

    private static Stage<String> stage(Stage<Long> in, Shape shape) {
        return switch (shape) {
            case SILENT_CPU -> in.map("work", cpu((Long n) -> silent(n)).silence(SHORT));
            case SILENT_IO ->
                in.map("work", io((Long n) -> silent(n)).silence(SHORT).timeout(LONG));
            case SILENT_ASYNC -> in.map("work", async(DeadlineCase::never).silence(SHORT));
            case TICKING ->
                in.map("work", io((Long n) -> ticking(n)).silence(LONG).timeout(SHORT));
            case KEYS -> keys(in);
            case RETRIED ->
                in.map(
                        "work",
                        cpu((Long n) -> bad(n))
                                .timeout(SHORT)
                                .retry(RetryPolicy.failures(2).andTimeouts(1)));
            case MIXED ->
                in.map(
                        "work",
                        io((Long n) -> mixed())
                                .silence(SHORT)
                                .retry(RetryPolicy.failures(1).andTimeouts(1).backoff(SHORT, SHORT)));
        };
    }

    private static Stage<String> keys(Stage<Long> in) {
        Work<String, String> again = cpu(DeadlineCase::withKey);
        return in.map("cpu", cpu(n -> withKey("cpu")))
                .map("silence", again.silence(LONG))
                .map("io", io(DeadlineCase::withKey))
                .map("async", async(before -> Mono.just(withKey(before))))
                .map("retry", again.timeout(LONG).retry(RetryPolicy.timeouts(1)));
    }

    private static String withKey(String before) {
        WorkContext call = WorkContext.current();
        call.tick();
        return before + ' ' + call.key();
    }

    private static String silent(long n) throws InterruptedException {
        return n % 3 == 0 ? hang() : "in time";
    }

    private static Mono<String> never(long n) {
        return n % 3 == 0 ? Mono.never() : Mono.just("in time");
    }

    private static String bad(long n) throws InterruptedException {
        if (n % 3 == 0) {
            throw new IllegalStateException("attempt " + WorkContext.current().attempt());
        }
        return n % 3 == 1 ? hang() : "in time";
    }

    private static String mixed() throws InterruptedException {
        int attempt = WorkContext.current().attempt();
        if (attempt == 2) {
            throw new IllegalStateException("attempt " + attempt);
        }
        return attempt == 1 ? hang() : "attempt " + attempt;
    }

    private static String ticking(long n) throws InterruptedException {
        if (n % 3 != 0) {
            return "in time";
        }
        WorkContext call = WorkContext.current();
        CountDownLatch over = new CountDownLatch(1);
        Thread ticker = new Thread(
                () -> {
                    while (over.getCount() > 0) {
                        call.tick();
                        Thread.onSpinWait();
                    }
                },
                "ticker");
        ticker.start();
        try {
            return hang();
        } finally {
            over.countDown();
            ticker.join();
        }
    }

    /** Until it is interrupted. */
    private static String hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return "never";
    }
}

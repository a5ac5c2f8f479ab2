package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Reactor context and the logging context of the subscriber reach the works. */
class ContextPropagationTest {

    private static final String KEY = "request";

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void register() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, LOCAL::get, LOCAL::set, LOCAL::remove);
    }

    @AfterEach
    void forget() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
        MDC.clear();
        LOCAL.remove();
    }

    static List<TopologyExecutor> executors() {
        return List.of(SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void fromTheReactorContext(TopologyExecutor executor) {
        run(executor, (topology, unused) -> executor.run(topology).outcomes().contextWrite(ctx -> ctx.put(KEY, "42")));

        assertThat(seen).containsExactlyInAnyOrder("cpu 42", "io 42", "async 42", "async context 42", "retried 42");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void fromTheSubscribersThread(TopologyExecutor executor) {
        LOCAL.set("7");

        run(executor, (topology, unused) -> executor.run(topology).outcomes());

        assertThat(seen).containsExactlyInAnyOrder("cpu 7", "io 7", "async 7", "async context null", "retried 7");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void theLoggingContext(TopologyExecutor executor) {
        MDC.put("user", "ada");
        Topology<Long> topology = numbers()
                .map("cpu", Work.<Long, Long>cpu(n -> {
                    seen.add(String.valueOf(MDC.get("user")));
                    return n;
                }))
                .build();

        executor.run(topology).outcomes().blockLast(Duration.ofSeconds(30));

        assertThat(seen).containsExactly("ada");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void throughAFlux(TopologyExecutor executor) {
        Topology<Long> topology = Topology.named("context")
                .input("numbers", Long.class, Object::toString)
                .map("cpu", Work.<Long, Long>cpu(n -> note("cpu", n)))
                .build();

        Flux.just(1L, 2L)
                .transform(executor.through(topology))
                .contextWrite(ctx -> ctx.put(KEY, "9"))
                .blockLast(Duration.ofSeconds(30));

        assertThat(seen).containsExactly("cpu 9");
    }

    private void run(TopologyExecutor executor, BiFunction<Topology<Long>, TopologyExecutor, Flux<?>> how) {
        Topology<Long> topology = numbers()
                .map("cpu", Work.<Long, Long>cpu(n -> note("cpu", n)))
                .map("io", Work.<Long, Long>io(n -> note("io", n)))
                .map("retried", Work.<Long, Long>io(n -> note("retried", n)).retry(reactor.util.retry.Retry.max(1)))
                .map("async", Work.async(n -> {
                    note("async", n);
                    return Mono.deferContextual(ctx -> {
                        seen.add("async context " + ctx.getOrDefault(KEY, "null"));
                        return Mono.just(n);
                    });
                }))
                .build();
        how.apply(topology, executor).blockLast(Duration.ofSeconds(30));
    }

    private static Stage<Long> numbers() {
        return Topology.named("context").source("numbers", Series.range(0, 20, 1));
    }

    private long note(String work, long n) {
        seen.add(work + " " + LOCAL.get());
        return n;
    }
}

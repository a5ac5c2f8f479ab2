package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import reactor.core.publisher.Mono;

class WorkInterceptorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Aggregate<Long, long[], Long> SUM = Aggregate.of(
            "sum",
            () -> new long[1],
            (sum, value) -> {
                sum[0] += value;
                return sum;
            },
            (a, b) -> new long[] {a[0] + b[0]},
            sum -> sum[0]);

    @Test
    void theLastInterceptorIsTheOutermostAndAllSeeTheItem() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Topology<Long> topology =
                intercepted(numbers(cpu(n -> n + 1)), "work", noting("inner", seen), noting("outer", seen));

        outcomes(SequentialExecutor.create(), topology);

        assertThat(seen).containsExactly("outer 0", "inner 0", "outer 1", "inner 1");
    }

    @Test
    void whatAnInterceptorReturnsOrThrowsIsWhatTheWorkDid() {
        Topology<Long> topology = intercepted(numbers(cpu(n -> n + 1)), "work", call -> {
            if (call.item().key().equals("0")) {
                throw new IllegalStateException("refused");
            }
            return 10L * (Long) call.proceed((Long) call.argument() + 5);
        });

        List<Outcome<Long>> outcomes = outcomes(ParallelExecutor.threads(2), topology);

        assertThat(outcomes).contains(new Outcome.Done<>("1", 1, 70L));
        assertThat(outcomes)
                .anySatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.summary())
                                        .isEqualTo("work 'work' failed for key '0': refused")));
    }

    @Test
    void aDeferringInterceptorTimesOutASynchronousWorkWithoutAThread() {
        Topology<Long> topology = intercepted(
                numbers(Work.<Long, Long>cpu(n -> n).timeout(Duration.ofSeconds(1))), "work", new Deferring() {
                    @Override
                    public Object around(Invocation call) throws Exception {
                        return call.item().key().equals("0") ? Mono.never() : call.proceed(call.argument());
                    }
                });

        List<Outcome<Long>> outcomes = outcomes(SequentialExecutor.create(), topology);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.TimedOut.class);
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.Done<>("1", 1, 1L));
    }

    @Test
    void aDeferredAggregateStillAddsUp() {
        Topology<Long> topology = intercepted(
                Topology.named("t")
                        .source("numbers", Series.range(1, 4, 1))
                        .aggregate(SUM)
                        .build(),
                "sum",
                (Deferring) call -> call.proceed(call.argument()));
        TopologyRun<Long> run = SequentialExecutor.create().run(topology);

        RunReport report = run.execute().block(PATIENCE);

        assertThat(report).isNotNull();
        assertThat(report.result(SUM)).isEqualTo(6);
    }

    @Test
    void aRewrittenTopologyHasNoOriginAndTheSameFingerprint() {
        Topology<Long> topology = numbers(cpu(n -> n));

        Topology<Long> rewritten = intercepted(topology, "work", call -> call.proceed(call.argument()));

        assertThat(rewritten.origin()).isEmpty();
        assertThat(rewritten.fingerprint()).isEqualTo(topology.fingerprint());
    }

    private interface Deferring extends WorkInterceptor {
        @Override
        default boolean defers() {
            return true;
        }
    }

    private static WorkInterceptor noting(String name, List<String> seen) {
        return call -> {
            seen.add(name + " " + call.item().key());
            return call.proceed(call.argument());
        };
    }

    private static Topology<Long> numbers(Work<Long, Long> work) {
        return Topology.named("t")
                .source("numbers", Series.range(0, 2, 1))
                .map("work", work)
                .build();
    }

    private static <O> Topology<O> intercepted(Topology<O> topology, String work, WorkInterceptor... interceptors) {
        return topology.rewritten(plan -> {
            List<Node> nodes = new ArrayList<>();
            for (Node node : plan.nodes()) {
                Step step = node.step();
                if (step instanceof Step.WorkStep named && named.name().equals(work)) {
                    for (WorkInterceptor each : interceptors) {
                        named = named.intercepted(each);
                    }
                    step = named;
                }
                nodes.add(new Node(node.id(), step, node.inputs()));
            }
            return plan.with(nodes);
        });
    }

    private static <O> List<Outcome<O>> outcomes(TopologyExecutor executor, Topology<O> topology) {
        return executor.run(topology).outcomes().collectList().block(PATIENCE);
    }
}

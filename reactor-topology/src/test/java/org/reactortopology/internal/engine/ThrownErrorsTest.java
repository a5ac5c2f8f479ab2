package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What a work may throw: everything is a value, but what says that the JVM is broken ends the run. */
@Timeout(300)
class ThrownErrorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where an error is thrown. */
    enum Where {
        CPU,
        IO,
        ASYNC_CALL,
        ASYNC_SIGNAL,
        ASYNC_SIGNAL_ELSEWHERE,
        ASYNC_SUPPLIER,
        ASYNC_SUBSCRIBE;

        Work<Long, Long> work(long culprit, Error error) {
            return switch (this) {
                case CPU -> Work.cpu(n -> thrown(n, culprit, error));
                case IO -> Work.io(n -> thrown(n, culprit, error));
                case ASYNC_CALL -> Work.async(n -> Mono.just(thrown(n, culprit, error)));
                case ASYNC_SIGNAL -> Work.async(n -> n == culprit ? Mono.error(error) : Mono.just(n));
                case ASYNC_SIGNAL_ELSEWHERE ->
                    Work.async(n ->
                            Mono.create(sink -> Schedulers.boundedElastic().schedule(() -> {
                                if (n == culprit) {
                                    sink.error(error);
                                } else {
                                    sink.success(n);
                                }
                            })));
                case ASYNC_SUPPLIER -> Work.async(n -> Mono.fromCallable(() -> thrown(n, culprit, error)));
                case ASYNC_SUBSCRIBE ->
                    Work.async(n ->
                            subscriber -> Mono.just(thrown(n, culprit, error)).subscribe(subscriber));
            };
        }

        private static Long thrown(long number, long culprit, Error error) {
            if (number == culprit) {
                throw error;
            }
            return number;
        }
    }

    static Stream<Arguments> broken() {
        return everywhere(List.of(new OutOfMemoryError("test"), new InternalError("test")));
    }

    static Stream<Arguments> values() {
        return everywhere(
                List.of(new AssertionError("test"), new NoClassDefFoundError("test"), new StackOverflowError("test")));
    }

    private static Stream<Arguments> everywhere(List<Error> errors) {
        return Stream.of(SequentialExecutor.create(), ParallelExecutor.threads(2))
                .flatMap(executor -> Stream.of(Where.values())
                        .flatMap(where -> errors.stream().map(error -> Arguments.of(executor, where, error))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void anErrorOfTheJvmEndsTheRunAndNamesWorkAndKey(TopologyExecutor executor, Where where, Error error) {
        // never completes: the run must not wait for the source to end
        Flux<Long> source = Flux.concat(Flux.range(0, 20).map(Integer::longValue), Flux.never());
        Topology<Long> topology = Topology.named("broken")
                .source("numbers", source, Object::toString)
                .map("breaks", where.work(7, error))
                .map("after", Work.cpu(n -> n))
                .build();
        TopologyRun<Long> run = executor.run(topology);

        // on a thread that is not the test's: JUnit gives up when an OutOfMemoryError reaches it
        StepVerifier.create(run.outcomes().ignoreElements().subscribeOn(Schedulers.boundedElastic()))
                .expectErrorSatisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(TopologyException.class)
                        .hasMessageContaining("work 'breaks'")
                        .hasMessageContaining("key '7'")
                        .hasCause(error))
                .verify(PATIENCE);
        RunReport report = run.report().block(PATIENCE);
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(TopologyException.class);
    }

    @ParameterizedTest
    @MethodSource("values")
    void anyOtherErrorIsAValue(TopologyExecutor executor, Where where, Error error) {
        Topology<Long> topology = Topology.named("fails")
                .source("numbers", Flux.range(0, 20).map(Integer::longValue), Object::toString)
                .map("fails", where.work(7, error))
                .map("after", Work.cpu(n -> n))
                .build();

        List<Outcome<Long>> outcomes =
                executor.run(topology).outcomes().collectList().block(PATIENCE);

        assertThat(outcomes).hasSize(20);
        assertThat(outcomes.stream().filter(Outcome::isFailure))
                .singleElement()
                .isEqualTo(new Outcome.Failed<>("7", 7, "fails", error));
    }
}

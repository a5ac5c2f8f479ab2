package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.ChaosNumbersTopology.Params;
import org.reactortopology.test.Chaos;
import org.reactortopology.test.ChaosFault;
import org.reactortopology.test.Faults;
import org.reactortopology.test.InjectedFault;
import org.reactortopology.test.LeakCheck;

/** What one item does to the real process that it is in, and what becomes of it and its neighbours. */
@Timeout(120)
class ChaosByKeyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BAD = "40";

    @TempDir
    Path logs;

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aCrashInNativeCode() {
        Outcome.Crashed<Long> crashed = crashed(chaos -> chaos.crashOn(BAD));
        assertThat(crashed.exitCode().orElseThrow()).isIn(1, 128 + 6, 128 + 11); // 1 where the JVM writes no core file
        assertThat(crashed.crashReport().orElse(crashed.log())).contains("SIGSEGV");
    }

    @Test
    void aKillOfItself() {
        Outcome.Crashed<Long> crashed = crashed(chaos -> chaos.killOn(BAD));
        assertThat(crashed.exitCode()).hasValue(128 + 9);
        assertThat(crashed.reason()).contains("SIGKILL");
    }

    @Test
    void anExit() {
        Outcome.Crashed<Long> crashed = crashed(chaos -> chaos.exitOn(BAD, 7));
        assertThat(crashed.exitCode()).hasValue(7);
        assertThat(crashed.log()).contains("chaos (seed 5): EXIT in work 'double' for key '40'");
    }

    @Test
    void aHalt() {
        assertThat(crashed(chaos -> chaos.haltOn(BAD, 8)).exitCode()).hasValue(8);
    }

    @Test
    void aFullStackFailsTheItemOnly() {
        assertThat(bad(chaos -> chaos.overflowOn(BAD), Duration.ZERO))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.causeType()).isEqualTo(StackOverflowError.class.getName()));
    }

    @Test
    void aFullHeap() {
        assertThat(crashed(chaos -> chaos.oomOn(BAD)).exitCode()).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANG", "HANG_IN_NATIVE_CODE"})
    void whatHangsIsEndedAtItsDeadline(ChaosFault.Kind kind) {
        assertThat(bad(chaos -> chaos.with(ChaosFault.of(kind, BAD)), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(Outcome.TimedOut.class, late -> {
                    assertThat(late.deadline()).isEqualTo(Deadline.TOTAL);
                    assertThat(late.limit()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(late.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
                });
    }

    @Test
    void whatHangsOnlyOnceInAJvmIsDoneWhereItIsTriedAgain() {
        Chaos chaos = Chaos.seeded(5)
                .with(ChaosFault.of(ChaosFault.Kind.OVERFLOW, BAD).atMost(1));
        Topology<Long> topology = chaos.in(Topology.from(RetriedTopology.class, 100L));

        assertThat(outcomes(topology).get(BAD)).isEqualTo(new Outcome.Done<>(BAD, 40, 80L));
    }

    @Test
    void faultsOfTheKitCrossToWorkers() {
        Topology<Long> topology = Faults.none()
                .failOn("double", BAD)
                .delay("double", "41", Duration.ofMillis(10))
                .apply(ChaosNumbersTopology.of(Params.of(100, 0)));

        assertThat(outcomes(topology).get(BAD)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.work()).isEqualTo("double");
            assertThat(failed.causeType()).isEqualTo(InjectedFault.class.getName());
        });
    }

    private Outcome.Crashed<Long> crashed(UnaryOperator<Chaos> what) {
        Outcome<Long> outcome = bad(what, Duration.ZERO);
        assertThat(outcome).isInstanceOf(Outcome.Crashed.class);
        return (Outcome.Crashed<Long>) outcome;
    }

    /** What became of the bad item; all its neighbours are done. */
    private Outcome<Long> bad(UnaryOperator<Chaos> what, Duration timeout) {
        Params params = Params.of(100, 0).timeout(timeout);
        Chaos chaos = what.apply(Chaos.seeded(5));

        Map<String, Outcome<Long>> outcomes = outcomes(chaos.in(ChaosNumbersTopology.of(params)));

        assertThat(outcomes).hasSize(100);
        LongStream.range(0, 100)
                .filter(n -> !Long.toString(n).equals(BAD))
                .forEach(n -> assertThat(outcomes.get(Long.toString(n)))
                        .isEqualTo(new Outcome.Done<>(Long.toString(n), n, 2 * n)));
        return Objects.requireNonNull(outcomes.get(BAD));
    }

    private Map<String, Outcome<Long>> outcomes(Topology<Long> topology) {
        Map<String, Outcome<Long>> outcomes = new HashMap<>();
        MultiProcessExecutor.builder()
                .workers(1)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .itemBuffer(16, 1024 * 1024)
                .logDirectory(logs)
                .build()
                .run(topology)
                .outcomes()
                .doOnNext(outcome -> outcomes.put(outcome.key(), outcome))
                .blockLast(PATIENCE);
        return outcomes;
    }

    /** Doubles, and tries again what failed. */
    static final class RetriedTopology implements org.reactortopology.TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long items) {
            return Topology.named("retried")
                    .source("numbers", org.reactortopology.Series.range(0, items, 1))
                    .map(
                            "double",
                            org.reactortopology.Work.cpu((Long n) -> 2 * n)
                                    .retry(org.reactortopology.RetryPolicy.failures(1)))
                    .build();
        }
    }
}

package org.reactortopology.multiprocess;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.ChaosNumbersTopology.Params;
import org.reactortopology.test.Chaos;
import org.reactortopology.test.LeakCheck;

/** Real processes that are killed and frozen at random: every key has its outcome, and nothing is left behind. */
@Timeout(300)
class ChaosTest {

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private long descriptors;

    @BeforeEach
    void count() throws IOException {
        descriptors = openDescriptors();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoThread("chaos");
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "rtopology-" + ProcessHandle.current().pid() + "-";
            assertThat(entries.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(own));
        }
        // what the first run of this JVM opens for good (its selectors, class files) is few, what 30 deaths would leave
        // is many
        assertThat(openDescriptors()).as("open file descriptors").isLessThan(descriptors + 25);
    }

    @Test
    void killsAndPoisonLoseNothingAndDoubleNothing() {
        Params params = Params.of(20_000, 50);
        Chaos chaos = Chaos.seeded(42).killEvery(ofMillis(300)).crashOn("17").haltOn("12345", 9);

        run(params, chaos, builder(), Set.of("17", "12345"));
    }

    @Test
    void anAggregateCountsOnceUnderKills() {
        Params params = Params.of(2_000, 400).summing();

        RunReport report =
                run(params, Chaos.seeded(43).killEvery(ofMillis(400)).crashOn("777"), builder(), Set.of("777"));

        assertThat(report.result(ChaosNumbersTopology.SUM))
                .isEqualTo(LongStream.range(0, 2_000)
                        .filter(n -> n != 777)
                        .map(n -> 2 * n)
                        .sum());
    }

    @ParameterizedTest
    @EnumSource(names = "BY_KEY") // the others are tried in memory
    void howeverItemsAreSpread(Partitioning partitioning) {
        Params params = Params.of(1_200, 300).by(partitioning);

        run(params, Chaos.seeded(44).killEvery(ofMillis(300)).crashOn("1000"), builder(), Set.of("1000"));
    }

    @Test
    void theFrozenIsFoundByItsSilenceAndReplaced() {
        TopologyRun<Long> run = builder()
                .workers(1)
                .workerSilence(ofSeconds(4))
                .build()
                .run(ChaosNumbersTopology.of(Params.of(1_000, 1000)));
        Set<String> keys = ConcurrentHashMap.newKeySet();
        AtomicBoolean frozen = new AtomicBoolean();

        run.outcomes()
                .doOnNext(outcome -> {
                    assertThat(outcome).isInstanceOf(Outcome.Done.class);
                    assertThat(keys.add(outcome.key())).as(outcome.key()).isTrue();
                    if (keys.size() == 100) {
                        frozen.set(freezeAWorkerForGood());
                    }
                })
                .blockLast(PATIENCE);

        assertThat(frozen).isTrue();
        assertThat(keys).hasSize(1_000);
        assertThat(Objects.requireNonNull(run.report().block(PATIENCE)).workers())
                .hasSize(2);
    }

    @Test
    void strangersAndShortFreezesChangeNothing() {
        Params params = Params.of(3_000, 500);
        Chaos chaos = Chaos.seeded(46).garbageOnSocket(ofMillis(20)).slowSocket(ofMillis(50), ofMillis(30));

        RunReport report = run(params, chaos, builder(), Set.of());

        assertThat(report.workers()).hasSize(2);
    }

    /** The only one. */
    private static boolean freezeAWorkerForGood() {
        ProcessHandle worker = ProcessHandle.current()
                .children()
                .min(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
        try {
            return new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static MultiProcessBuilder builder() {
        return MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .itemBuffer(64, 1024 * 1024)
                .maxRestarts(10_000, ofMinutes(1));
    }

    /** Runs and checks that exactly these keys crashed and all others are done. */
    private static RunReport run(Params params, Chaos chaos, MultiProcessBuilder builder, Set<String> crashed) {
        TopologyRun<Long> run = builder.build().run(chaos.in(ChaosNumbersTopology.of(params)));
        Map<String, Outcome<Long>> outcomes = new HashMap<>();
        Chaos.Session session = chaos.start(run);
        try (session) {
            run.outcomes()
                    .doOnNext(outcome -> assertThat(outcomes.put(outcome.key(), outcome))
                            .as("a second outcome of " + outcome.key())
                            .isNull())
                    .blockLast(PATIENCE);
        } catch (Throwable e) {
            throw new AssertionError(outcomes.size() + " outcomes, then " + e + " under " + session.report(), e);
        }
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        System.out.println(report.summary() + ", " + report.workers().size() + " workers, under "
                + session.report().counts());
        assertThat(outcomes).as(session.report().toString()).hasSize((int) params.items());
        LongStream.range(0, params.items()).forEach(n -> {
            String key = Long.toString(n);
            if (crashed.contains(key)) {
                assertThat(outcomes.get(key)).as(session.report().toString()).isInstanceOf(Outcome.Crashed.class);
            } else if (!new Outcome.Done<>(key, n, 2 * n).equals(outcomes.get(key))) {
                throw new AssertionError(outcomes.get(key) + " under " + session.report());
            }
        });
        assertThat(session.report().count("kill") + session.report().count("freeze"))
                .as(session.report().toString())
                .isPositive();
        return report;
    }

    /** 0 where the operating system does not tell. */
    private static long openDescriptors() throws IOException {
        Path directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(directory)) {
            return open.count();
        }
    }
}

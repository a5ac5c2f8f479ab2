package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.LargeValuesTopology.Field;
import org.reactortopology.multiprocess.LargeValuesTopology.Params;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Large;
import org.reactortopology.test.LeakCheck;

/** Large values by way of shared memory, with real processes; of which nothing is left, whoever is killed. */
@Timeout(180)
class ClaimCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Params PARAMS = new Params(120, 2000);
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final LeakCheck leaks = LeakCheck.begin();

    @AfterEach
    void nothingIsLeft() {
        leaks.awaitNothingLeft();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> directories(ProcessHandle.current().pid()).isEmpty());
    }

    static Stream<UnaryOperator<MultiProcessBuilder>> settings() {
        return Stream.of(
                usual -> usual,
                MultiProcessBuilder::noClaimCheck,
                all -> all.claimCheck(1, 8 * 1024 * 1024),
                crowded -> crowded.claimCheck(1024, 700 * 1024));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void valuesComeBackAsTheyShould(UnaryOperator<MultiProcessBuilder> settings) {
        check(Objects.requireNonNull(settings.apply(builder(2))
                .build()
                .run(topology())
                .outcomes()
                .collectList()
                .block()));
    }

    @Test
    void aPoolKeepsTheMemoryForTheNextRun() {
        try (WorkerPool pool = WorkerPool.builder()
                .workers(1)
                .threads(2)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .claimCheck(1024, 1024 * 1024)
                .build()) {
            MultiProcessExecutor executor =
                    MultiProcessExecutor.builder().pool(pool).build();
            executor.run(topology()).outcomes().take(30).blockLast(); // leaves claims that nobody reads
            for (int run = 0; run < 2; run++) {
                check(Objects.requireNonNull(
                        executor.run(topology()).outcomes().collectList().block()));
            }
        }
    }

    /** What finds no room goes through the socket, so values alone would not tell. */
    @Test
    void largeValuesAreClaimedInBothDirectionsThoughARunBeforeLeftAllMemoryClaimed() {
        RecordingLauncher launcher = new RecordingLauncher(new InMemoryLauncher());
        MultiProcessExecutor executor = new MultiProcessExecutor(
                MultiProcessExecutor.builder().workers(2).threads(1), (process, topology) -> launcher);
        Params few = new Params(60, 20);

        assertThat(executor.run(Topology.from(LargeValuesTopology.class, few))
                        .outcomes()
                        .collectList()
                        .block())
                .hasSize(60);

        assertThat(launcher.items()).hasSize(60);
        assertThat(launcher.outcomes()).hasSize(60);
        assertThat(launcher.items()).allMatch(item -> isClaimedIfLarge(item.large(), item.bytes()));
        assertThat(launcher.outcomes()).allMatch(outcome -> isClaimedIfLarge(outcome.large(), outcome.bodyBytes()));
        assertThat(launcher.items()).anyMatch(item -> item.large() instanceof Claim);
        assertThat(launcher.outcomes()).anyMatch(outcome -> outcome.large() instanceof Claim);
    }

    private static boolean isClaimedIfLarge(@Nullable Large large, int bytes) {
        return bytes >= RecordingLauncher.THRESHOLD == large instanceof Claim;
    }

    @Test
    void aKilledWorkerTakesNothingAlong() {
        List<Outcome<Field>> outcomes = new ArrayList<>();
        TopologyRun<Field> run = builder(2).build().run(topology());
        run.outcomes()
                .doOnNext(outcome -> {
                    outcomes.add(outcome);
                    if (outcomes.size() == 20 || outcomes.size() == 60) {
                        killOneWorker();
                    }
                })
                .blockLast();

        check(outcomes);
        assertThat(run.report().block().workers())
                .as("those that were replaced too")
                .hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverIsKilledTheMemoryComesBack(boolean workersToo) throws Exception {
        Process coordinator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ShortLived.JVM_OPTION,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> workers;
        try (BufferedReader out = coordinator.inputReader()) {
            assertThat(out.readLine()).isEqualTo("under way");
            workers = coordinator.toHandle().children().toList();
            assertThat(workers).hasSize(2);
            assertThat(directories(coordinator.pid())).hasSize(1);
            Awaitility.await("the names are gone")
                    .atMost(PATIENCE)
                    .until(() -> files(coordinator.pid()).isEmpty());
            if (workersToo) {
                workers.forEach(ProcessHandle::destroyForcibly);
            }
            coordinator.destroyForcibly();
        }

        Awaitility.await().atMost(PATIENCE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
        coordinator.waitFor();
        assertThat(files(coordinator.pid())).isEmpty(); // and without a name or a process there is no memory
        if (!workersToo) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> directories(coordinator.pid()).isEmpty());
            return;
        }
        builder(1).build().run(topology()).outcomes().blockLast();
        assertThat(directories(coordinator.pid()))
                .as("removed by the next coordinator")
                .isEmpty();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> WorkerPool.builder().claimCheck(0, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> WorkerPool.builder().claimCheck(1, 1L << 30)).hasMessageContaining("at most");
        try (WorkerPool pool = WorkerPool.builder().build()) {
            assertThatThrownBy(() -> MultiProcessExecutor.builder()
                            .pool(pool)
                            .noClaimCheck()
                            .build())
                    .hasMessageContaining("noClaimCheck");
        }
    }

    private static Topology<Field> topology() {
        return Topology.from(LargeValuesTopology.class, PARAMS);
    }

    private static void check(List<Outcome<Field>> outcomes) {
        assertThat(outcomes).hasSize((int) PARAMS.items());
        for (Outcome<Field> outcome : outcomes) {
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            Field expected = LargeValuesTopology.expected(Long.parseLong(outcome.key()), PARAMS);
            Field seen = ((Outcome.Done<Field>) outcome).value();
            assertThat(seen.name()).isEqualTo(expected.name());
            assertThat(seen.data()).isEqualTo(expected.data());
        }
        assertThat(outcomes.stream().map(Outcome::key).distinct()).hasSize((int) PARAMS.items());
    }

    private static MultiProcessBuilder builder(int workers) {
        return MultiProcessExecutor.builder()
                .workers(workers)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION);
    }

    private static void killOneWorker() {
        ProcessHandle worker = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        assertThat(worker.destroyForcibly()).isTrue();
    }

    private static List<Path> directories(long pid) throws IOException {
        try (Stream<Path> entries = Files.list(IN_MEMORY)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("rtopology-" + pid + "-"))
                    .toList();
        }
    }

    private static List<Path> files(long pid) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path directory : directories(pid)) {
            try (Stream<Path> entries = Files.list(directory)) {
                entries.forEach(files::add);
            }
        }
        return files;
    }

    /** A coordinator in the middle of a run that does not end by itself. */
    static final class Endless {
        public static void main(String[] args) {
            builder(2)
                    .build()
                    .run(Topology.from(LargeValuesTopology.class, new Params(1_000_000, 0)))
                    .outcomes()
                    .index()
                    .doOnNext(outcome -> {
                        if (outcome.getT1() == 50) {
                            System.out.println("under way");
                        }
                    })
                    .blockLast();
        }
    }
}

package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.LeakCheck;

/** On a file system of its own, which is really full. */
@Timeout(60)
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long ITEMS = 2000;
    private static final long FULL_AT = 100;

    @TempDir
    Path place;

    private final Queue<String> ran = new ConcurrentLinkedQueue<>();
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "a tmpfs is of Linux");
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        mounted = mount.waitFor() == 0;
        assumeTrue(mounted, "this user cannot mount a small file system: " + said);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            LeakCheck.awaitNoThread("topology-");
            assertThat(new ProcessBuilder("umount", "-l", place.toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    void aJobWhoseDiskWasFullIsResumedOnceThereIsRoom() throws Exception {
        Path filler = place.resolve("filler");
        TopologyRun<Long> full = run(JobMode.FRESH, filler);
        Set<String> emitted = new HashSet<>();
        LedgerException failure = catchThrowableOfType(
                LedgerException.class,
                () -> full.outcomes().map(Outcome::key).doOnNext(emitted::add).blockLast(PATIENCE));

        assertThat(failure).hasMessageContaining("make room").hasMessageContaining("not recorded");
        assertThat(failure.unrecorded()).isNotEmpty().doesNotContainAnyElementsOf(emitted);
        RunReport report = Objects.requireNonNull(full.report().block(PATIENCE));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(place.resolve("job/lock")).doesNotExist();

        Files.delete(filler);
        ran.clear();
        TopologyRun<Long> resumed = run(JobMode.RESUME, null);
        List<Outcome<Long>> outcomes =
                Objects.requireNonNull(resumed.outcomes().collectList().block(PATIENCE));

        assertThat(outcomes).hasSize((int) ITEMS);
        assertThat(Objects.requireNonNull(resumed.report().block(PATIENCE)).state())
                .isEqualTo(RunState.COMPLETED);
        assertThat(ran).containsAll(failure.unrecorded()).doesNotContainAnyElementsOf(emitted);
        JobStatus status = Job.in(place.resolve("job")).status();
        assertThat(status.state()).isEqualTo(JobStatus.State.COMPLETED);
        assertThat(status.settled()).isEqualTo(ITEMS);
    }

    /** @param filler takes all room in the middle of the run; null for none */
    private TopologyRun<Long> run(JobMode mode, Path filler) {
        Topology<Long> topology = Topology.named("numbers")
                .source("numbers", Series.range(0, ITEMS, 1))
                .map("work", cpu((Long n) -> {
                    ran.add(Long.toString(n));
                    if (filler != null && n == FULL_AT) {
                        fill(filler);
                    }
                    return n;
                }))
                .build();
        return Job.in(place.resolve("job"))
                .mode(mode)
                .on(ParallelExecutor.threads(1))
                .run(topology);
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}

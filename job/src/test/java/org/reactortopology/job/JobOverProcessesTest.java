package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.test.LeakCheck;
import org.reactortopology.test.ObservedCase;
import org.reactortopology.test.ObservedCase.Params;
import org.reactortopology.test.ObservedCase.Shape;

/** What a job directory has of workers. */
@Timeout(120)
class JobOverProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ITEMS = 30;

    @TempDir
    Path directory;

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoChildProcess();
    }

    @Test
    void theirLogsLieInTheDirectoryAndTheirTracesInTheLedger() throws Exception {
        Topology<Long> topology = Topology.from(ObservedCase.class, new Params(Shape.LINEAR, ITEMS));
        TopologyRun<Long> run = Job.in(directory)
                .on(MultiProcessExecutor.builder()
                        .workers(2)
                        .threads(1)
                        .heap(64L * 1024 * 1024)
                        .jvmOption("-XX:TieredStopAtLevel=1")
                        .build())
                .run(topology);
        run.outcomes().blockLast(PATIENCE);
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));

        try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
            assertThat(logs.map(Path::getFileName).map(Path::toString))
                    .filteredOn(name -> name.startsWith("worker-") && name.endsWith(".log"))
                    .hasSize(2);
        }
        String workers = String.join(
                ",",
                report.workers().stream()
                        .map(worker -> Integer.toString(worker.id()))
                        .toList());
        assertThat(
                        Rows.of(
                                directory,
                                "SELECT count(*) FROM item WHERE worker IN (" + workers
                                        + ") AND attempts = 1 AND took_micros >= 0"
                                        + " AND started_micros BETWEEN (SELECT started FROM run) * 1000 AND ended * 1000 + 999"))
                .isEqualTo(List.of(Integer.toString(ITEMS)));
        assertThat(Rows.of(directory, "SELECT works_micros FROM item"))
                .allMatch(works -> works.matches("[0-9]+,[0-9]+"));
    }
}

package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.SavingTopology.Params;

/** A job that saves files: what failures cost, and what completing it runs. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class SavingContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aFailureCostsTheLaterWorksOfItsItemAlone(@TempDir Path output) throws IOException {
        RunReport report = run(new Params(output.toString(), List.of("a", "b", "c", "d"), "b", "c"));

        assertThat(report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(report.works()).extracting(WorkReport::name).containsExactly("read", "pair", "cpu1", "cpu2", "save");
        assertThat(report.works()).extracting(WorkReport::calls).containsExactly(4L, 3L, 3L, 2L, 2L);
        assertThat(saved(output)).containsExactly("a", "d");
    }

    @Test
    void completingRunsWhatIsMissing(@TempDir Path output) throws IOException {
        List<String> names = IntStream.range(10, 30).mapToObj(Integer::toString).toList();
        run(new Params(output.toString(), names, "", ""));
        for (String lost : List.of("11", "17", "29")) {
            Files.delete(output.resolve(lost));
        }
        List<String> kept = saved(output);
        List<String> missing =
                names.stream().filter(name -> !kept.contains(name)).toList();

        RunReport report = run(new Params(output.toString(), missing, "", ""));

        assertThat(report.works()).extracting(WorkReport::calls).containsOnly(3L);
        assertThat(saved(output)).isEqualTo(names);
    }

    private RunReport run(Params params) {
        Topology<String> topology = Topology.from(SavingTopology.class, params);
        return Objects.requireNonNull(executor().run(topology).execute().block(PATIENCE), "no report");
    }

    private static List<String> saved(Path output) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

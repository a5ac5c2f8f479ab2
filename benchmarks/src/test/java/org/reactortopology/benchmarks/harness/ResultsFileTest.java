package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    private static final Results RESULTS = Given.results(
            List.of(
                    new Figure(
                            "growth",
                            new Point(1e7, "items"),
                            "ours",
                            Unit.NANOS_PER_ITEM,
                            List.of(0.1, 12345678.9),
                            Target.atMost(2)),
                    Given.figure("64 B", "theirs", Unit.ITEMS_PER_SECOND, 1.0)),
            List.of(new Ratio("64 B", null, "a", "b", Unit.SECONDS, List.of(0.5), null)));

    @Test
    void readsWhatItWrote() {
        assertThat(ResultsFile.parse(ResultsFile.text(RESULTS))).isEqualTo(RESULTS);
    }

    @Test
    void writesMedianAndRangeForOtherReaders() {
        assertThat(ResultsFile.text(Given.results(List.of(Given.figure("x", "y", Unit.SECONDS, 1.0, 3.0)), List.of())))
                .contains("\"median\" : 2.0", "\"lowest\" : 1.0", "\"highest\" : 3.0");
    }

    @Test
    void readsADirectory(@TempDir Path directory) throws Exception {
        ResultsFile.write(RESULTS, directory.resolve("echo").resolve(ResultsFile.NAME));

        assertThat(ResultsFile.read(directory)).containsExactly(RESULTS);
    }

    @Test
    void refusesAnotherSchema() {
        String other = ResultsFile.text(RESULTS).replace("\"schema\" : 1", "\"schema\" : 2");

        assertThatThrownBy(() -> ResultsFile.parse(other)).hasMessageContaining("schema 2");
    }
}

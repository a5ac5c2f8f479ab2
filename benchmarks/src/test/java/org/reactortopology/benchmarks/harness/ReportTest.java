package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Results RESULTS = Given.results(
            List.of(
                    Given.figure("64 B", "raw socket", Unit.ITEMS_PER_SECOND, 1e6, 2e6, 4e6),
                    new Figure("64 B", null, "ours", Unit.ITEMS_PER_SECOND, List.of(5e5), Target.atLeast(800_000)),
                    new Figure("growth", new Point(1000, "items"), "a|b", Unit.SECONDS, List.of(0.25), null)),
            List.of(new Ratio(
                    "64 B",
                    null,
                    "ours",
                    "raw socket",
                    Unit.ITEMS_PER_SECOND,
                    List.of(0.125, 0.25, 0.5),
                    Target.atLeast(0.15))));

    @Test
    void printsAlignedTables() {
        assertThat(Report.text(RESULTS)).isEqualTo("""

                echo: Items there and back.
                a processor, 2 processors, 4 GiB, Linux 6; Java 17.0.1, reactor-topology 0.1.0 at abc; 2026-11-23; load before 0.250; 3 rounds; medians

                load                subject        median  unit        lowest    highest  samples  target
                64 B                raw socket  2 000 000  items/s  1 000 000  4 000 000        3
                64 B                ours          500 000  items/s    500 000    500 000        1  at least 800 000: missed
                growth, 1000 items  a|b             0.250  s            0.250      0.250        1

                load  ratio              median  unit        lowest  highest  target
                64 B  ours / raw socket   0.250  of items/s   0.125    0.500  at least 0.150: met

                A note.
                """);
    }

    @Test
    void printsTheNotesBelowAllLoads() {
        assertThat(Report.markdown(RESULTS)).endsWith("\n\n- A note.\n");
    }

    @Test
    void printsMarkdownOfTheLoadsThatAreAskedFor() {
        assertThat(Report.markdown(RESULTS, "growth")).isEqualTo("""
                `benchmarks/run echo`: a processor, 2 processors, 4 GiB, Linux 6; Java 17.0.1, reactor-topology 0.1.0 at abc; 2026-11-23; load before 0.250; 3 rounds; medians.

                | load | subject | median | unit | lowest | highest | samples | target |
                |---|---|---:|---|---:|---:|---:|---|
                | growth, 1000 items | a\\|b | 0.250 | s | 0.250 | 0.250 | 1 | |
                """);
    }
}

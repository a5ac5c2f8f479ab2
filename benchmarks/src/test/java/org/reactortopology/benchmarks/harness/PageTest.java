package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Results RESULTS = Given.results(
            List.of(Given.figure("64 B", "ours", Unit.SECONDS, 1.0), Given.figure("4 KiB", "ours", Unit.SECONDS, 2.0)),
            List.of());

    @Test
    void replacesWhatStandsBetweenTheMarkers() {
        String page = """
                # Page
                <!-- results:echo -->
                | stale |
                <!-- /results -->
                Words.
                """;

        String filled = Page.fill(page, Map.of("echo", RESULTS), "performance");

        assertThat(filled)
                .startsWith("# Page\n<!-- results:echo -->\n\n`benchmarks/run echo`: ")
                .contains("| 64 B | ours |", "| 4 KiB | ours |", "![64 B](performance/echo-64-b-s.png)")
                .endsWith("\n<!-- /results -->\nWords.\n")
                .doesNotContain("stale");
        assertThat(Page.fill(filled, Map.of("echo", RESULTS), "performance")).isEqualTo(filled);
    }

    @Test
    void takesOnlyTheLoadsThatTheMarkerNames() {
        String filled =
                Page.fill("<!-- results:echo 4 -->\n<!-- /results -->\n", Map.of("echo", RESULTS), "performance");

        assertThat(filled).contains("| 4 KiB |").doesNotContain("64 B");
    }

    @Test
    void leavesASuiteThatWasNotMeasured() {
        String page = "<!-- results:wire -->\n| kept |\n<!-- /results -->\n";

        assertThat(Page.fill(page, Map.of("echo", RESULTS), "performance")).isEqualTo(page);
    }

    @Test
    void refusesMarkersThatDoNotPair() {
        assertThatThrownBy(() -> Page.fill("<!-- results:a -->\n", Map.of(), ""))
                .hasMessageContaining("not closed");
        assertThatThrownBy(() -> Page.fill("<!-- /results -->\n", Map.of(), "")).hasMessageContaining("ends nothing");
        assertThatThrownBy(() -> Page.fill("<!-- results:a -->\n<!-- results:b -->\n", Map.of(), ""))
                .hasMessageContaining("within");
    }

    @Test
    void findsTablesThatSomebodyTyped() {
        assertThat(Page.tablesOutside("| a |\n<!-- results:x -->\n| b |\n<!-- /results -->\n| c |\n"))
                .containsExactly("| a |", "| c |");
    }

    @Test
    void keepsResultsAndFillsThePages(@TempDir Path directory) throws Exception {
        Path docs = Files.createDirectories(directory.resolve("docs"));
        Files.writeString(docs.resolve("page.md"), "<!-- results:echo -->\n<!-- /results -->\n");
        ResultsFile.write(RESULTS, directory.resolve("results/echo").resolve(ResultsFile.NAME));
        Plots.write(RESULTS, directory.resolve("results/echo"));

        WriteDocs.main(new String[] {directory.resolve("results").toString(), docs.toString()});

        assertThat(Files.readString(docs.resolve("page.md"))).contains("| 64 B | ours |");
        assertThat(docs.resolve("performance/echo-64-b-s.png")).isNotEmptyFile();
        assertThat(ResultsFile.read(docs.resolve("performance"))).containsExactly(RESULTS);
    }

    @Test
    void refusesToQuoteTheShortForm(@TempDir Path directory) throws Exception {
        ResultsFile.write(
                Given.results(Given.MACHINE, true, List.of(), List.of()), directory.resolve(ResultsFile.NAME));

        assertThatThrownBy(() -> WriteDocs.main(new String[] {directory.toString(), directory.toString()}))
                .hasMessageContaining("short form");
    }

    @Test
    void thePagesQuoteWhatTheirResultsSay(@TempDir Path copy) throws Exception {
        for (Path from : List.of(DOCS, DOCS.resolve("performance"))) {
            Path to = from.equals(DOCS) ? copy : Files.createDirectories(copy.resolve("performance"));
            if (Files.isDirectory(from)) {
                try (var files = Files.list(from)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Files.copy(file, to.resolve(file.getFileName()));
                    }
                }
            }
        }

        assertThat(WriteDocs.fill(copy))
                .as("pages whose figures are not those of docs/performance: benchmarks/run --write-docs --no-run")
                .isEmpty();
    }

    @Test
    void noTableOfThePerformancePageIsTyped() throws Exception {
        assertThat(Page.tablesOutside(Files.readString(DOCS.resolve("performance.md"))))
                .isEmpty();
    }
}

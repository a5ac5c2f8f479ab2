package org.reactortopology.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the README's code equal to code that is compiled and run. */
class ReadmeTest {

    private static final Path SOURCES = Path.of("examples/src/test/java/org/reactortopology/examples");

    @ParameterizedTest
    @CsvSource({
        "'## The DSL in 15 lines', ReadmeTopologyTest.java, 15",
        "'## Ending a run', ReadmeEndTest.java, 15",
        "'## Jobs', ReadmeJobTest.java, 16",
        "'## Test your topology', ReadmeVerifierTest.java, 17",
        "'## Kill its processes', ReadmeChaosTest.java, 15",
    })
    void theReadmeShowsTheCodeThatIsTested(String heading, String source, int most) throws IOException {
        List<String> shown = shown(heading);

        assertThat(normalised(shown)).isEqualTo(normalised(tested(source)));
        assertThat(shown).hasSizeBetween(5, most);
    }

    private static List<String> shown(String heading) throws IOException {
        List<String> readme = Files.readAllLines(root().resolve("README.md"));
        List<String> section = readme.stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
        assertThat(section).as("java blocks under '%s'", heading).containsOnlyOnce("```java");
        return between(section, "```java", "```");
    }

    private static List<String> tested(String source) throws IOException {
        List<String> lines = Files.readAllLines(root().resolve(SOURCES).resolve(source)).stream()
                .map(String::strip)
                .toList();
        return between(lines, "// readme:begin", "// readme:end");
    }

    private static List<String> between(List<String> lines, String first, String last) {
        assertThat(lines).contains(first, last);
        return lines.stream()
                .dropWhile(line -> !line.equals(first))
                .skip(1)
                .takeWhile(line -> !line.equals(last))
                .toList();
    }

    /** One line with single spaces, so that indentation and line breaks do not count. */
    private static String normalised(List<String> lines) {
        return String.join(" ", lines).strip().replaceAll("\\s+", " ").replace("( ", "(");
    }

    /** The directory of the whole project: Maven runs tests in that of the module, an IDE often in that of the project. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            assertThat(directory)
                    .as("a directory above this one that holds mvnw")
                    .isNotNull();
        }
        return directory;
    }
}

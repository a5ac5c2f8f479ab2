package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {

    private static final Path SUITES = Path.of("suites");

    /** Samples the number of its round. */
    static final class Counting implements Suite {
        @Override
        public void run(Session session) throws Exception {
            if (session.arguments().contains("break")) {
                throw new IllegalStateException("broken as asked");
            }
            int[] turns = {0};
            session.byTurns()
                    .turn(session.load("count"), "ours", into -> into.add(Unit.SECONDS, ++turns[0]))
                    .run();
        }
    }

    @Test
    void writesResultsTablesAndPictures(@TempDir Path out) throws Exception {
        MeasuredCommand run = run(out, "--rounds", "4", "--commit", "abc").successful();

        Results results = ResultsFile.read(out).get(0);
        assertThat(results.suite()).isEqualTo("counting");
        assertThat(results.versions().commit()).isEqualTo("abc");
        assertThat(results.figures()).containsExactly(Given.figure("count", "ours", Unit.SECONDS, 1.0, 2.0, 3.0, 4.0));
        assertThat(run.output()).contains("count  ours       2.50  s");
        assertThat(out.resolve("counting/results.md")).isNotEmptyFile();
        assertThat(out.resolve("counting/count-s.png")).isNotEmptyFile();
    }

    @Test
    void endsWithOneIfTheSuiteBreaks(@TempDir Path out) throws Exception {
        MeasuredCommand run = run(out, "--", "break");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("broken as asked");
    }

    @Test
    void theShortFormHasFewerRounds() {
        List<String> needed = List.of("--suite", "a", "--class", "A", "--out", "x");
        List<String> brief = List.of("--short", "--suite", "a", "--class", "A", "--out", "x");

        assertThat(HarnessArguments.parse(needed).options().rounds()).isEqualTo(5);
        assertThat(HarnessArguments.parse(brief).options().rounds()).isEqualTo(3);
    }

    @Test
    void namesAWordThatItDoesNotKnow() {
        assertThatThrownBy(() -> HarnessArguments.parse(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> HarnessArguments.parse(List.of("--out"))).hasMessageContaining("needs a value");
    }

    @Test
    void everySuiteOfThisModuleCanBeStarted() throws Exception {
        try (var files = Files.list(SUITES)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertThat(text)
                        .as("%s", file)
                        .containsPattern("(?m)^what=.+\\.$")
                        .containsPattern("(?m)^class=\\S+$");
                if (!text.contains("module=")) {
                    assertStarts(file, text);
                }
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theCommandListsEverySuite() throws Exception {
        MeasuredCommand list = MeasuredCommand.run(List.of("./run", "--list")).successful();

        try (var files = Files.list(SUITES)) {
            assertThat(list.lines()).hasSize((int) files.count());
        }
    }

    private static void assertStarts(Path file, String text) throws ReflectiveOperationException {
        String name = text.lines()
                .filter(line -> line.startsWith("class="))
                .findFirst()
                .orElseThrow()
                .substring("class=".length());
        Class<?> suite = Class.forName(name, false, HarnessTest.class.getClassLoader());
        if (text.contains("kind=main")) {
            assertThat(suite.getMethod("main", String[].class)).as("%s", file).isNotNull();
        } else {
            assertThat(Suite.class).as("%s", file).isAssignableFrom(suite);
            assertThat(suite.getConstructor()).as("%s", file).isNotNull();
        }
    }

    private static MeasuredCommand run(Path out, String... more) throws IOException, InterruptedException {
        return MeasuredCommand.run(JvmCommand.main(Harness.class)
                .options("-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1")
                .arguments("--suite", "counting", "--class", Counting.class.getName(), "--out", out.toString())
                .arguments(more)
                .line());
    }
}

package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.benchmarks.harness.Comparison.Verdict;

class ComparisonTest {

    @TempDir
    Path directory;

    @Test
    void lessThroughputBeyondTheNoiseIsWorse() {
        assertThat(verdict(Unit.ITEMS_PER_SECOND, List.of(100.0, 101.0, 102.0), List.of(80.0, 81.0, 82.0)))
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void moreThroughputBeyondTheNoiseIsBetter() {
        assertThat(verdict(Unit.ITEMS_PER_SECOND, List.of(80.0, 81.0, 82.0), List.of(100.0, 101.0, 102.0)))
                .isEqualTo(Verdict.BETTER);
    }

    @Test
    void moreTimeIsWorseAndLessIsBetter() {
        assertThat(verdict(Unit.SECONDS, List.of(1.0, 1.0, 1.0), List.of(1.2, 1.2, 1.2)))
                .isEqualTo(Verdict.WORSE);
        assertThat(verdict(Unit.SECONDS, List.of(1.0, 1.0, 1.0), List.of(0.8, 0.8, 0.8)))
                .isEqualTo(Verdict.BETTER);
    }

    @Test
    void aTenthIsNotMoreThanATenth() {
        assertThat(verdict(Unit.SECONDS, List.of(10.0, 10.0, 10.0), List.of(11.0, 11.0, 11.0)))
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(Unit.SECONDS, List.of(10.0, 10.0, 10.0), List.of(11.01, 11.01, 11.01)))
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void bandsThatTouchAreNoise() {
        assertThat(verdict(Unit.SECONDS, List.of(1.0, 1.0, 1.6), List.of(1.5, 2.0, 2.0)))
                .isEqualTo(Verdict.SAME);
    }

    @Test
    void anOutlierAmongFiveDoesNotHideWhatGotWorse() {
        assertThat(verdict(Unit.SECONDS, List.of(1.0, 1.01, 1.02, 1.03, 9.0), List.of(1.5, 1.51, 1.52, 1.53, 1.54)))
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void twoSamplesGiveNoVerdict() {
        assertThat(verdict(Unit.SECONDS, List.of(1.0, 1.0), List.of(9.0, 9.0, 9.0)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aRatioIsBetterInTheDirectionOfItsTarget() {
        Results before = Given.results(List.of(), List.of(ratio(Target.atLeast(5), 10), ratio("b", null, 10)));
        Results after = Given.results(List.of(), List.of(ratio(Target.atLeast(5), 6), ratio("b", null, 6)));

        assertThat(Comparison.of(List.of(before), List.of(after)).lines())
                .extracting(Comparison.Line::verdict)
                .containsExactly(Verdict.WORSE, Verdict.BETTER);
    }

    @Test
    void whatIsMissingAndNewIsNamed() {
        Results before = Given.results(List.of(Given.figure("old", "ours", Unit.SECONDS, 1.0)), List.of());
        Results after = Given.results(List.of(Given.figure("new", "ours", Unit.SECONDS, 1.0)), List.of());

        Comparison comparison = Comparison.of(List.of(before), List.of(after));

        assertThat(comparison.lines(Verdict.MISSING))
                .extracting(line -> line.what().load())
                .containsExactly("old");
        assertThat(comparison.lines(Verdict.NEW))
                .extracting(line -> line.what().load())
                .containsExactly("new");
    }

    @Test
    void pointsOfACurveAreMatchedEachByItself() {
        Results before = Given.results(List.of(at(10, 1), at(100, 1)), List.of());
        Results after = Given.results(List.of(at(10, 1), at(100, 2)), List.of());

        assertThat(Comparison.of(List.of(before), List.of(after)).lines())
                .extracting(Comparison.Line::verdict)
                .containsExactly(Verdict.SAME, Verdict.WORSE);
    }

    @Test
    void aSuiteThatIsThereTwiceIsRefused() {
        Results once = Given.results(List.of(), List.of());

        assertThatThrownBy(() -> Comparison.of(List.of(once, once), List.of())).hasMessageContaining("\"echo\"");
    }

    @Test
    void theCommandEndsWithOneOnlyIfSomethingGotWorse() throws Exception {
        Path quick = written("quick", results(Given.MACHINE, false, 1.0));
        Path slow = written("slow", results(Given.MACHINE, false, 2.0));

        assertThat(run(quick.toString(), slow.toString()))
                .startsWith("1\n")
                .contains("worse by more than", "+100.0 %", "1 worse, 0 better");
        assertThat(run(slow.toString(), quick.toString())).startsWith("0\n").contains("0 worse, 1 better");
    }

    @Test
    void theCommandRefusesDifferentMachinesUnlessAsked() throws Exception {
        Path here = written("here", results(Given.MACHINE, false, 1.0));
        Path there = written("there", results(new Machine("another processor", 2, 4096, "Linux 6"), false, 2.0));

        assertThat(run(here.toString(), there.toString()))
                .startsWith("2\n")
                .contains("warning", "a processor", "another processor")
                .doesNotContain("worse by");
        assertThat(run("--anyway", here.toString(), there.toString())).startsWith("1\n");
    }

    @Test
    void theCommandRefusesTheShortFormBesideTheLongOne() throws Exception {
        Path full = written("long", results(Given.MACHINE, false, 1.0));
        Path brief = written("short", results(Given.MACHINE, true, 1.0));

        assertThat(run(full.toString(), brief.toString())).startsWith("2\n").contains("short form");
    }

    private static Verdict verdict(Unit unit, List<Double> before, List<Double> after) {
        return Comparison.verdict(Statistics.of(before), Statistics.of(after), unit.moreIsBetter());
    }

    private static Ratio ratio(Target target, double value) {
        return ratio("a", target, value);
    }

    private static Ratio ratio(String of, Target target, double value) {
        return new Ratio("x", null, of, "limit", Unit.SECONDS, List.of(value, value, value), target);
    }

    private static Figure at(double x, double value) {
        return new Figure("x", new Point(x, "items"), "ours", Unit.SECONDS, List.of(value, value, value), null);
    }

    private static Results results(Machine machine, boolean shortForm, double value) {
        return Given.results(
                machine, shortForm, List.of(Given.figure("x", "ours", Unit.SECONDS, value, value, value)), List.of());
    }

    private Path written(String name, Results results) throws IOException {
        Path file = directory.resolve(name + ".json");
        ResultsFile.write(results, file);
        return file;
    }

    /** The exit code, a line feed, and what was printed. */
    private static String run(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Compare.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + "\n" + out.toString(StandardCharsets.UTF_8);
    }
}

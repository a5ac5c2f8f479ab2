package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reactortopology.benchmarks.harness.Comparison.Line;
import org.reactortopology.benchmarks.harness.Comparison.Verdict;

/**
 * {@code benchmarks/compare BEFORE AFTER}: prints what got worse and better, see {@link Comparison}. Each is a {@code results.json} or a directory with
 * some. Ends with 0 if nothing got worse, 1 if something did, 2 if the two cannot be compared.
 */
public final class Compare {

    private static final String ANYWAY = "--anyway";

    private Compare() {}

    /** Compares. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        System.exit(run(Arrays.asList(args), System.out));
    }

    static int run(List<String> words, PrintStream out) throws IOException {
        List<String> files = words.stream().filter(word -> !word.equals(ANYWAY)).toList();
        if (files.size() != 2) {
            out.println(
                    "benchmarks/compare [" + ANYWAY + "] BEFORE AFTER: each a results.json or a directory with some");
            return 2;
        }
        Comparison comparison =
                Comparison.of(ResultsFile.read(Path.of(files.get(0))), ResultsFile.read(Path.of(files.get(1))));
        comparison.obstacles().forEach(obstacle -> out.println("warning: " + obstacle));
        if (!comparison.obstacles().isEmpty() && !words.contains(ANYWAY)) {
            out.println("not compared; say " + ANYWAY + " if you want it nevertheless");
            return 2;
        }
        print(comparison, Verdict.WORSE, "worse by more than 10 % beyond the noise", out);
        print(comparison, Verdict.BETTER, "better by more than 10 % beyond the noise", out);
        print(comparison, Verdict.MISSING, "missing in the second", out);
        print(comparison, Verdict.NEW, "only in the second", out);
        print(comparison, Verdict.UNKNOWN, "too few samples for a verdict (three are needed on both sides)", out);
        int worse = comparison.lines(Verdict.WORSE).size();
        out.println(worse + " worse, " + comparison.lines(Verdict.BETTER).size() + " better, "
                + comparison.lines(Verdict.SAME).size() + " within 10 % or within the noise");
        return worse == 0 ? 0 : 1;
    }

    private static void print(Comparison comparison, Verdict verdict, String heading, PrintStream out) {
        TextTable table = new TextTable("suite", "load", "subject", "unit", ">before", ">after", ">change");
        for (Line line : comparison.lines(verdict)) {
            Statistics before = line.before();
            Statistics after = line.after();
            table.row(
                    line.what().suite(),
                    line.what().load(),
                    line.what().subject(),
                    line.what().unit(),
                    before == null ? "" : Numbers.text(before.median()),
                    after == null ? "" : Numbers.text(after.median()),
                    before == null || after == null ? "" : change(before.median(), after.median()));
        }
        if (!table.isEmpty()) {
            out.println(heading + ":\n\n" + table.text());
        }
    }

    private static String change(double before, double after) {
        return before == 0 ? "" : String.format(Locale.ROOT, "%+.1f %%", 100 * (after / before - 1));
    }
}

package org.reactortopology.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two results of the same suites held against each other, figure by figure and ratio by ratio.
 *
 * <p>One got worse if its median went the wrong way by more than 10 % of what it was <em>and</em> the bands of noise of both runs do not touch
 * ({@link Statistics#noiseLow()} to {@link Statistics#noiseHigh()}); better likewise. With fewer than three samples on either side nothing is known of the
 * noise and nothing is said. A ratio with a target is better in the direction of its target, any other in the direction of its unit.
 *
 * @param lines in the order of the first results, then what only the second ones have
 * @param obstacles why the two should not be compared, empty if they may be
 */
public record Comparison(List<Line> lines, List<String> obstacles) {

    /** Change of a median that counts. */
    public static final double THRESHOLD = 0.10;

    private static final int ENOUGH_SAMPLES = 3;

    /** What became of one figure. */
    public enum Verdict {
        /** By more than the threshold beyond the noise, the wrong way. */
        WORSE,
        /** By more than the threshold beyond the noise, the right way. */
        BETTER,
        /** Neither. */
        SAME,
        /** Too few samples for a verdict. */
        UNKNOWN,
        /** Only in the first results. */
        MISSING,
        /** Only in the second results. */
        NEW
    }

    /**
     * One figure in both results.
     *
     * @param what suite, load, subject and unit
     * @param before null if only the second results have it
     * @param after null if only the first results have it
     */
    public record Line(
            What what,
            Verdict verdict,
            @Nullable Statistics before,
            @Nullable Statistics after) {}

    /** What is matched: equal in both results. */
    public record What(String suite, String load, String subject, String unit) {}

    private record Value(Statistics statistics, boolean moreIsBetter) {}

    /** Copies the lists. */
    public Comparison {
        lines = List.copyOf(lines);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if one of them has a suite twice
     */
    public static Comparison of(List<Results> before, List<Results> after) {
        Map<String, Results> old = bySuite(before);
        Map<String, Results> now = bySuite(after);
        List<Line> lines = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        Map<What, Value> oldValues = new LinkedHashMap<>();
        Map<What, Value> newValues = new LinkedHashMap<>();
        old.values().forEach(results -> oldValues.putAll(values(results)));
        now.values().forEach(results -> newValues.putAll(values(results)));
        old.forEach((suite, results) -> {
            Results other = now.get(suite);
            if (other != null) {
                obstacles.addAll(between(results, other));
            }
        });
        oldValues.forEach((what, value) -> lines.add(line(what, value, newValues.get(what))));
        newValues.forEach((what, value) -> {
            if (!oldValues.containsKey(what)) {
                lines.add(new Line(what, Verdict.NEW, null, value.statistics()));
            }
        });
        return new Comparison(lines, obstacles);
    }

    /** Those with that verdict. */
    public List<Line> lines(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).toList();
    }

    private static Line line(What what, Value before, @Nullable Value after) {
        return after == null
                ? new Line(what, Verdict.MISSING, before.statistics(), null)
                : new Line(
                        what,
                        verdict(before.statistics(), after.statistics(), before.moreIsBetter()),
                        before.statistics(),
                        after.statistics());
    }

    static Verdict verdict(Statistics before, Statistics after, boolean moreIsBetter) {
        if (Math.min(before.samples(), after.samples()) < ENOUGH_SAMPLES) {
            return Verdict.UNKNOWN;
        }
        double change = after.median() - before.median();
        boolean apart = after.noiseLow() > before.noiseHigh() || after.noiseHigh() < before.noiseLow();
        if (!apart || Math.abs(change) <= THRESHOLD * Math.abs(before.median())) {
            return Verdict.SAME;
        }
        return change > 0 == moreIsBetter ? Verdict.BETTER : Verdict.WORSE;
    }

    private static List<String> between(Results before, Results after) {
        List<String> obstacles = new ArrayList<>();
        if (!before.machine().isLike(after.machine())) {
            obstacles.add(before.suite() + " was measured on different machines: " + before.machine() + " and "
                    + after.machine());
        }
        if (before.shortForm() != after.shortForm()) {
            obstacles.add(before.suite() + " was measured in the short form once and in the long form once");
        }
        return obstacles;
    }

    private static Map<String, Results> bySuite(List<Results> all) {
        Map<String, Results> bySuite = new LinkedHashMap<>();
        for (Results results : all) {
            if (bySuite.put(results.suite(), results) != null) {
                throw new IllegalArgumentException("the suite \"" + results.suite() + "\" is there twice");
            }
        }
        return bySuite;
    }

    private static Map<What, Value> values(Results results) {
        Map<What, Value> values = new LinkedHashMap<>();
        for (Figure figure : results.figures()) {
            values.put(
                    new What(
                            results.suite(),
                            Report.place(figure.load(), figure.at()),
                            figure.subject(),
                            figure.unit().symbol()),
                    new Value(figure.statistics(), figure.unit().moreIsBetter()));
        }
        for (Ratio ratio : results.ratios()) {
            Target target = ratio.target();
            values.put(
                    new What(
                            results.suite(),
                            Report.place(ratio.load(), ratio.at()),
                            ratio.of() + " / " + ratio.to(),
                            "of " + ratio.unit().symbol()),
                    new Value(ratio.statistics(), target == null ? ratio.unit().moreIsBetter() : target.least()));
        }
        return values;
    }
}

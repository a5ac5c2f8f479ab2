package org.reactortopology.benchmarks.harness;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results in words, for a terminal and for a page of documentation. */
public final class Report {

    private Report() {}

    /** Aligned tables below a heading. */
    public static String text(Results results) {
        StringBuilder text = new StringBuilder("\n").append(results.suite());
        if (!results.what().isEmpty()) {
            text.append(": ").append(results.what());
        }
        text.append('\n').append(setting(results)).append("\n\n");
        text.append(figures(results.figures()).text());
        TextTable ratios = ratios(results.ratios());
        if (!ratios.isEmpty()) {
            text.append('\n').append(ratios.text());
        }
        results.notes().forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    /** Tables that stand in a page as they are. */
    public static String markdown(Results results) {
        return markdown(results, "");
    }

    /** Only the loads whose names begin so; the notes stand only with all of them. */
    public static String markdown(Results results, String loads) {
        StringBuilder text = new StringBuilder("`").append(results.command()).append("`: ");
        text.append(setting(results)).append(".\n\n");
        text.append(figures(results.figures().stream()
                        .filter(figure -> figure.load().startsWith(loads))
                        .toList())
                .markdown());
        TextTable ratios = ratios(results.ratios().stream()
                .filter(ratio -> ratio.load().startsWith(loads))
                .toList());
        if (!ratios.isEmpty()) {
            text.append('\n').append(ratios.markdown());
        }
        if (loads.isEmpty() && !results.notes().isEmpty()) {
            text.append('\n')
                    .append(results.notes().stream().map(note -> "- " + note).collect(Collectors.joining("\n")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String setting(Results results) {
        return results.machine() + "; " + results.versions() + "; "
                + results.started().substring(0, 10)
                + (results.loadBefore() < 0 ? "" : "; load before " + Numbers.text(results.loadBefore())) + "; "
                + (results.shortForm() ? "short form, " : "") + results.rounds() + " rounds; medians";
    }

    private static TextTable figures(List<Figure> figures) {
        TextTable table =
                new TextTable("load", "subject", ">median", "unit", ">lowest", ">highest", ">samples", "target");
        for (Figure figure : figures) {
            Statistics of = figure.statistics();
            table.row(
                    place(figure.load(), figure.at()),
                    figure.subject(),
                    Numbers.text(of.median()),
                    figure.unit().symbol(),
                    Numbers.text(of.lowest()),
                    Numbers.text(of.highest()),
                    Integer.toString(of.samples()),
                    target(figure.target(), of));
        }
        return table;
    }

    private static TextTable ratios(List<Ratio> ratios) {
        TextTable table = new TextTable("load", "ratio", ">median", "unit", ">lowest", ">highest", "target");
        for (Ratio ratio : ratios) {
            Statistics of = ratio.statistics();
            table.row(
                    place(ratio.load(), ratio.at()),
                    ratio.of() + " / " + ratio.to(),
                    Numbers.text(of.median()),
                    "of " + ratio.unit().symbol(),
                    Numbers.text(of.lowest()),
                    Numbers.text(of.highest()),
                    target(ratio.target(), of));
        }
        return table;
    }

    private static String target(@Nullable Target target, Statistics of) {
        return target == null ? "" : target + (target.metBy(of.median()) ? ": met" : ": missed");
    }

    /** A load and its point. */
    static String place(String load, @Nullable Point at) {
        return at == null ? load : load + ", " + Objects.requireNonNull(at);
    }
}

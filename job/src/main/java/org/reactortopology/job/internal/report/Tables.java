package org.reactortopology.job.internal.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the tables of a report. */
final class Tables {

    private static final int KEY_SHOWN = 160;
    private static final int MESSAGE_SHOWN = 400;

    private final Markup page;
    private final Function<Instant, String> time;

    Tables(Markup page, Function<Instant, String> time) {
        this.page = page;
        this.time = time;
    }

    void write(Report report) {
        slowest(report.slowest());
        failures(report.failures());
        runs(report);
    }

    private void begin(String... columns) {
        page.begin("div", "class", "scroll").begin("table").begin("thead").begin("tr");
        for (String column : columns) {
            boolean number = column.startsWith("#");
            page.element(
                    "th", number ? column.substring(1) : column, "scope", "col", "class", number ? "number" : "words");
        }
        page.end().end().begin("tbody").line();
    }

    private void end() {
        page.end().end().end().line();
    }

    private void words(String text) {
        page.element("td", text);
    }

    /** What is shown, and what it is sorted by. */
    private void number(String shown, long value) {
        page.element("td", shown, "class", "number", "data-value", value);
    }

    private void key(String key) {
        page.begin("td", "class", "key");
        if (key.length() > KEY_SHOWN) {
            page.element("span", Units.shortened(key, KEY_SHOWN), "title", key);
        } else {
            page.text(key);
        }
        page.end();
    }

    private void none(String text) {
        page.element("p", text, "class", "nothing");
    }

    void works(List<Report.Work> works) {
        begin("work", "#items", "#failed", "#calls", "#median", "#95 % below", "#longest", "#in all");
        for (Report.Work work : works) {
            boolean any = work.items() > 0;
            page.begin("tr");
            words(work.name());
            number(Units.count(work.items()), work.items());
            number(Units.count(work.failures()), work.failures());
            number(
                    work.calls().isPresent() ? Units.count(work.calls().getAsLong()) : "–",
                    work.calls().orElse(-1));
            number(any ? Units.micros(work.medianMicros()) : "–", work.medianMicros());
            number(any ? Units.micros(work.p95Micros()) : "–", work.p95Micros());
            number(any ? Units.micros(work.maxMicros()) : "–", work.maxMicros());
            number(any ? Units.micros(work.totalMicros()) : "–", work.totalMicros());
            page.end().line();
        }
        end();
    }

    private void slowest(List<Report.Slow> slowest) {
        page.begin("section").element("h2", "Slowest keys").line();
        if (slowest.isEmpty()) {
            none("Nothing yet: no key has been timed.");
        } else {
            begin("key", "#in works", "state", "#run", "#worker", "#attempts");
            for (Report.Slow slow : slowest) {
                page.begin("tr");
                key(slow.key());
                number(Units.micros(slow.tookMicros()), slow.tookMicros());
                words(Units.words(slow.state()));
                number(Integer.toString(slow.run()), slow.run());
                number(
                        slow.worker().isPresent()
                                ? Integer.toString(slow.worker().getAsInt())
                                : "–",
                        slow.worker().orElse(-1));
                number(Integer.toString(slow.attempts()), slow.attempts());
                page.end().line();
            }
            end();
        }
        page.end().line();
    }

    private void failures(Report.Failures failures) {
        page.begin("section").element("h2", "Failures").line();
        if (failures.count() == 0) {
            none("None.");
        } else {
            begin("work", "kind", "outcome", "#keys");
            for (Report.Group group : failures.groups()) {
                page.begin("tr");
                words(group.work());
                words(group.type());
                words(Units.words(group.state()));
                number(Units.count(group.count()), group.count());
                page.end().line();
            }
            end();
            each(failures);
        }
        page.end().line();
    }

    private void each(Report.Failures failures) {
        begin("key", "#index", "outcome", "work", "what happened", "#attempts", "#run", "when");
        for (Report.Failure failure : failures.first()) {
            page.begin("tr");
            page.begin("td", "class", "key");
            failure.file().ifPresent(file -> page.begin("a", "href", encoded(file)));
            page.text(Units.shortened(failure.key(), KEY_SHOWN));
            failure.file().ifPresent(file -> page.end());
            page.end();
            number(Units.count(failure.index()), failure.index());
            words(Units.words(failure.state()));
            words(failure.work());
            page.element("td", Units.shortened(failure.message(), MESSAGE_SHOWN), "class", "message");
            number(Integer.toString(failure.attempts()), failure.attempts());
            number(Integer.toString(failure.run()), failure.run());
            words(time.apply(failure.at()));
            page.end().line();
        }
        end();
        if (failures.more() > 0) {
            none(Units.count(failures.more()) + " more are in the ledger: reactor-topology failures lists them.");
        }
    }

    /** The names of files are made safe where they are written; this is for those that a person renames. */
    private static String encoded(String file) {
        try {
            return new URI(null, null, "./" + file, null).getRawPath();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private void runs(Report report) {
        page.begin("section").element("h2", "Runs").line();
        begin("#run", "mode", "ended as", "began", "ended or last seen", "#for", "outcomes that count", "#left out");
        for (Report.Run run : report.runs()) {
            page.begin("tr");
            number(Integer.toString(run.number()), run.number());
            words(Units.words(run.mode()));
            words(Units.words(run.state()));
            words(time.apply(run.started()));
            words(time.apply(run.last()));
            number(Units.millis(run.millis()), run.millis());
            words(items(run.items()));
            number(
                    run.skipped().isPresent() ? Units.count(run.skipped().getAsLong()) : "–",
                    run.skipped().orElse(-1));
            page.end().line();
        }
        end();
        if (report.runsBefore() > 0) {
            none(Units.count(report.runsBefore()) + " earlier runs are in the ledger.");
        }
        page.end().line();
    }

    private static String items(Map<String, Long> items) {
        return items.isEmpty()
                ? "–"
                : items.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> Units.count(entry.getValue()) + " " + Units.words(entry.getKey()))
                        .collect(Collectors.joining(", "));
    }
}

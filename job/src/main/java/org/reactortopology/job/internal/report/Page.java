package org.reactortopology.job.internal.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a report as one page that needs nothing else, no network and no scripts. */
final class Page {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final Report report;
    private final ZoneId zone;
    private final Markup page = new Markup();

    private Page(Report report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    static String of(Report report, ZoneId zone, String style, String script) {
        return new Page(report, zone).write(style, script);
    }

    private String write(String style, String script) {
        page.raw("<!DOCTYPE html>\n").begin("html", "lang", "en").begin("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")
                .line();
        page.element("title", report.topology() + " – " + Units.words(report.state()))
                .line();
        page.empty("link", "rel", "icon", "href", "data:,").line();
        page.begin("style").raw("\n" + style).end().line();
        page.end().begin("body").line();
        page.begin("header");
        head();
        page.end().line().begin("main").line();
        charts();
        works();
        graph();
        new Tables(page, this::time).write(report);
        page.end().line();
        foot();
        page.begin("script").raw("\n" + script).end().line();
        return page.end().end().line().toString();
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private void head() {
        page.element("h1", report.topology());
        String mood = report.complete() ? "good" : report.state().equals("RUNNING") ? "busy" : "attention";
        page.element("p", report.summary(), "class", "state " + mood);
        Report.Run run = report.runs().get(report.runs().size() - 1);
        String end = run.ended().isPresent() ? "ended " : "last sign of life ";
        page.element(
                "p",
                "Run " + run.number() + " (" + Units.words(run.mode()) + ") began " + time(run.started()) + ", " + end
                        + time(run.last()) + ", after " + Units.millis(run.millis()) + ". " + run.executor() + ", "
                        + run.owner() + ".");
        report.error().ifPresent(error -> page.element("pre", error, "class", "error"));
        report.resume().ifPresent(command -> {
            page.begin("p").text("To go on with it: ").element("code", command).end();
        });
        counts();
    }

    private void counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        report.counts().byState().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> counts.put(Units.words(entry.getKey()), entry.getValue()));
        page.begin("dl", "class", "counts");
        counts.forEach((name, count) -> count(name, Units.count(count)));
        if (report.counts().total().isPresent()) {
            long total = report.counts().total().getAsLong();
            long open = Math.max(0, total - report.counts().recorded());
            count("no outcome yet", Units.count(open));
            count("keys in the source", Units.count(total));
        } else if (counts.isEmpty()) {
            count("outcomes", "0");
        }
        if (report.counts().derived() > 0) {
            count("made of others", Units.count(report.counts().derived()));
        }
        page.end().line();
    }

    private void count(String name, String count) {
        page.begin("div").element("dt", name).element("dd", count).end();
    }

    private void section(String title) {
        page.begin("section").element("h2", title).line();
    }

    private void nothing(String what) {
        page.element("p", "Nothing yet: " + what, "class", "nothing");
    }

    private void charts() {
        page.begin("div", "class", "charts").line();
        TimeChart chart = new TimeChart(page, report.runs());
        throughput(chart);
        lanes(chart);
        memory(chart);
        page.end().line();
    }

    private void throughput(TimeChart chart) {
        Report.Throughput throughput = report.throughput();
        long outcomes =
                throughput.buckets().stream().mapToLong(Report.Bucket::outcomes).sum();
        long millis = report.runs().stream().mapToLong(Report.Run::millis).sum();
        Rate rate = Rate.fitting(outcomes, Math.max(throughput.bucketMillis(), millis));
        section("Throughput");
        if (throughput.buckets().isEmpty()) {
            nothing("no key has ended.");
        } else {
            String mean = Units.digits(rate.of(outcomes, Math.max(throughput.bucketMillis(), millis)));
            page.element(
                    "p",
                    "Outcomes per " + rate.unit() + " over running time; " + mean + " in the mean.",
                    "class",
                    "what");
            chart.throughput(throughput, rate);
            legend("bar", "outcomes", "bad", "of these, failures");
        }
        page.end().line();
    }

    private void lanes(TimeChart chart) {
        section("Lanes and workers");
        if (report.moments().isEmpty()) {
            nothing("no second of a run has been sampled.");
        } else {
            page.element(
                    "p", "Calls of works that ran at once, and worker processes, over running time.", "class", "what");
            chart.curves(
                    "busy lanes and workers over running time",
                    report.moments(),
                    List.of(
                            new TimeChart.Curve("calls at once", "one", Report.Moment::busy),
                            new TimeChart.Curve("worker processes", "two", Report.Moment::workers)),
                    most -> Axis.upTo(most, true, Units::digits));
            legend("one", "calls at once", "two", "worker processes");
        }
        page.end().line();
    }

    private void memory(TimeChart chart) {
        section("Memory");
        if (report.moments().isEmpty()) {
            nothing("no second of a run has been sampled.");
        } else {
            page.element(
                    "p",
                    "Resident memory of all processes, and heap of the coordinator, over running time.",
                    "class",
                    "what");
            chart.curves(
                    "memory over running time",
                    report.moments(),
                    List.of(
                            new TimeChart.Curve("resident, all processes", "two", Report.Moment::memoryBytes),
                            new TimeChart.Curve("heap of the coordinator", "one", Report.Moment::heapBytes)),
                    Axis::bytes);
            legend("two", "resident, all processes", "one", "heap of the coordinator");
        }
        page.end().line();
    }

    private void legend(String look, String name, String otherLook, String other) {
        page.begin("p", "class", "legend");
        page.begin("span", "class", "key " + look).end().text(" " + name + " ");
        page.begin("span", "class", "key " + otherLook).end().text(" " + other);
        page.end();
    }

    private void works() {
        page.begin("h2", "class", "band").text("Durations of works").end().line();
        page.begin("div", "class", "charts").line();
        for (Report.Work work : report.works()) {
            section(work.name());
            if (work.items() == 0) {
                nothing("no recorded key has been in it.");
            } else {
                page.element(
                        "p",
                        Units.count(work.items(), "item") + " by the time inside the work; logarithmic.",
                        "class",
                        "what");
                SpreadChart.draw(page, work);
            }
            page.end().line();
        }
        page.end().line();
        if (report.works().isEmpty()) {
            nothing("the topology has no works.");
        } else {
            new Tables(page, this::time).works(report.works());
        }
    }

    private void graph() {
        section("Graph");
        Flow flow = Flow.of(report.mermaid());
        Map<String, Report.Work> works =
                report.works().stream().collect(Collectors.toMap(Report.Work::name, work -> work, (one, other) -> one));
        page.begin("div", "class", "scroll");
        new FlowChart(page, flow, works, false).draw();
        new FlowChart(page, flow, works, true).draw();
        page.end();
        page.begin("details")
                .element("summary", "As Mermaid text")
                .element("pre", report.mermaid())
                .end();
        page.end().line();
    }

    private void foot() {
        page.element(
                "footer",
                "Written " + time(report.written()) + " from the ledger in " + report.directory()
                        + ". Times of day are of " + zone
                        + "; running time leaves out the time between runs. The same numbers are in"
                        + " report.json.");
    }
}

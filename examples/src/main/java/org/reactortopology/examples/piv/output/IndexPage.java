package org.reactortopology.examples.piv.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactortopology.AtomicFiles;

/**
 * The page {@code index.html} that shows a whole run: counts, parameters, mean field, failures and every picture.
 *
 * <p>It opens from disk without a network and has no script. Pictures load as they come into view, so that thousands of
 * pairs are fine. Every text is escaped and every file name percent-encoded.
 */
public final class IndexPage {

    /** Name of the page in the output directory. */
    public static final String NAME = "index.html";

    private static final String STYLE_RESOURCE = "index.css";

    private IndexPage() {}

    /**
     * How many pairs ended in which way.
     *
     * @param done pairs measured and saved
     * @param failed pairs given up with a reason
     * @param skipped pairs left out, for example because an earlier run has done them
     */
    public record Counts(int done, int failed, int skipped) {}

    /**
     * What the head of the page says.
     *
     * @param title title of the page
     * @param counts how many pairs ended in which way
     * @param wallTime time from first to last pair
     * @param workers number of workers, at least 1
     * @param meanPairs number of pairs in the mean field, 0 if none was written
     * @param pictures whether pictures were drawn, that of the mean field too
     * @param parameters parameters of the run by name, shown in the order of the map
     */
    public record Summary(
            String title,
            Counts counts,
            Duration wallTime,
            int workers,
            int meanPairs,
            boolean pictures,
            Map<String, String> parameters) {

        /** Copies the parameters, keeping their order. */
        public Summary {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** What became of one pair. */
    public sealed interface Entry {

        /** The name of the pair, any text. */
        String key();

        /**
         * The pair has a result.
         *
         * @param key name of the pair
         * @param saved its files
         */
        record Done(String key, SavedField saved) implements Entry {}

        /**
         * The pair has none.
         *
         * @param key name of the pair
         * @param reason why, in one line
         */
        record Failed(String key, String reason) implements Entry {}
    }

    /**
     * Writes {@value #NAME}, atomically, replacing an earlier one.
     *
     * @param outputDirectory an existing directory; links are relative to it
     * @param summary the head of the page
     * @param entries the pairs, shown in this order
     * @throws IOException if the page cannot be written
     */
    public static void write(Path outputDirectory, Summary summary, List<Entry> entries) throws IOException {
        StringBuilder page = new StringBuilder();
        appendHead(page, summary);
        appendCounts(page, summary);
        appendParameters(page, summary.parameters());
        appendFailures(page, entries);
        appendMean(page, summary.meanPairs(), summary.pictures());
        appendPictures(page, outputDirectory, entries);
        page.append("</main>\n</body>\n</html>\n");
        byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(outputDirectory.resolve(NAME), temporary -> Files.write(temporary, bytes));
    }

    private static void appendHead(StringBuilder page, Summary summary) throws IOException {
        String title = Html.escape(summary.title());
        page.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <header><h1>%s</h1></header>
                <main>
                """.formatted(title, style(), title));
    }

    private static void appendCounts(StringBuilder page, Summary summary) {
        Counts counts = summary.counts();
        page.append("<dl class=\"counts\">\n");
        appendCount(page, "done", Integer.toString(counts.done()), "");
        appendCount(page, "failed", Integer.toString(counts.failed()), counts.failed() > 0 ? "bad" : "");
        appendCount(page, "skipped", Integer.toString(counts.skipped()), "");
        appendCount(page, "wall time", Durations.text(summary.wallTime()), "");
        appendCount(page, "pairs per second", Durations.rate(counts.done(), summary.wallTime()), "");
        appendCount(page, summary.workers() == 1 ? "worker" : "workers", Integer.toString(summary.workers()), "");
        page.append("</dl>\n");
    }

    private static void appendCount(StringBuilder page, String name, String value, String style) {
        page.append("<div class=\"%s\"><dt>%s</dt><dd>%s</dd></div>\n".formatted(style, name, Html.escape(value)));
    }

    private static void appendParameters(StringBuilder page, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        page.append("<details open><summary>Parameters</summary>\n<table class=\"parameters\">\n");
        parameters.forEach((name, value) -> page.append(
                "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n".formatted(Html.escape(name), Html.escape(value))));
        page.append("</table></details>\n");
    }

    private static void appendFailures(StringBuilder page, List<Entry> entries) {
        StringBuilder rows = new StringBuilder();
        int count = 0;
        for (Entry entry : entries) {
            if (entry instanceof Entry.Failed failed) {
                count++;
                rows.append("<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                        .formatted(Html.escape(failed.key()), Html.escape(failed.reason())));
            }
        }
        if (count > 0) {
            page.append("<section class=\"failures\"><h2>Failed <small>%d</small></h2>\n".formatted(count));
            page.append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">pair</th>");
            page.append("<th scope=\"col\">reason</th></tr></thead>\n<tbody>\n").append(rows);
            page.append("</tbody></table></div></section>\n");
        }
    }

    private static void appendMean(StringBuilder page, int pairs, boolean picture) {
        if (pairs > 0) {
            page.append("<section><h2>Mean field <small>%d %s</small></h2>\n"
                    .formatted(pairs, pairs == 1 ? "pair" : "pairs"));
            page.append("<figure class=\"mean\">");
            if (picture) {
                page.append("<a href=\"%s\"><img src=\"%s\" alt=\"mean velocity field\"></a>\n"
                        .formatted(MeanField.PICTURE_NAME, MeanField.PICTURE_NAME));
            }
            page.append("<figcaption>").append(fileLinks(MeanField.DATA_NAME, picture ? MeanField.PICTURE_NAME : null));
            page.append("</figcaption></figure></section>\n");
        }
    }

    private static void appendPictures(StringBuilder page, Path directory, List<Entry> entries) {
        List<Entry.Done> done = entries.stream()
                .filter(Entry.Done.class::isInstance)
                .map(Entry.Done.class::cast)
                .toList();
        page.append("<section><h2>Pairs <small>%d</small></h2>\n".formatted(done.size()));
        if (done.isEmpty()) {
            page.append("<p class=\"empty\">No pair has a result.</p>\n");
        } else {
            page.append("<div class=\"pairs\">\n");
            done.forEach(entry -> appendPicture(page, directory, entry));
            page.append("</div>\n");
        }
        page.append("</section>\n");
    }

    private static void appendPicture(StringBuilder page, Path directory, Entry.Done entry) {
        SavedField saved = entry.saved();
        String key = Html.escape(entry.key());
        Path drawn = saved.picture();
        String picture = drawn == null ? null : Html.relativeUrl(directory, drawn);
        String data = Html.relativeUrl(directory, saved.data());
        int vectors = saved.columns() * saved.rows();
        page.append("<figure>");
        if (picture != null) {
            page.append("<a href=\"%s\"><img src=\"%s\" alt=\"velocity field of %s\" loading=\"lazy\"></a>\n"
                    .formatted(picture, picture, key));
        }
        page.append("<figcaption><strong>%s</strong>\n".formatted(key));
        page.append("<span>%d &times; %d vectors, %s flagged, median %s</span>\n"
                .formatted(
                        saved.columns(), saved.rows(), percent(saved.flagged(), vectors), px(saved.medianMagnitude())));
        page.append(fileLinks(data, picture));
        page.append("</figcaption></figure>\n");
    }

    private static String fileLinks(String data, @Nullable String picture) {
        String links = "<a class=\"file\" href=\"%s\">HDF5</a>".formatted(data);
        if (picture != null) {
            links += " <a class=\"file\" href=\"%s\">PNG</a>".formatted(picture);
        }
        return "<span>" + links + "</span>";
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String px(float value) {
        return Float.isNaN(value) ? "not measured" : String.format(Locale.ROOT, "%.2f px", value);
    }

    private static String style() throws IOException {
        try (InputStream stream = IndexPage.class.getResourceAsStream(STYLE_RESOURCE)) {
            if (stream == null) {
                throw new IOException("the style sheet '" + STYLE_RESOURCE + "' is missing beside "
                        + IndexPage.class.getName() + "; build the jar with its resources");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

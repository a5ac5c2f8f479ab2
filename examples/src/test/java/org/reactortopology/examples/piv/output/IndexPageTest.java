package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.examples.piv.output.IndexPage.Counts;
import org.reactortopology.examples.piv.output.IndexPage.Entry;
import org.reactortopology.examples.piv.output.IndexPage.Summary;

class IndexPageTest {

    private static final String NASTY = "<b>&\"'.png";
    private static final String NASTY_ESCAPED = "&lt;b&gt;&amp;&quot;&#39;.png";

    @TempDir
    Path directory;

    @Test
    void showsTheSummaryAndEveryPair() throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("window sizes", "64, 32 px");
        parameters.put("overlap", "50 %");
        Summary summary = new Summary("Karman", new Counts(2, 1, 4), Duration.ofSeconds(100), 3, 2, true, parameters);

        String page = page(summary, List.of(done("a", "a"), new Entry.Failed("c", "file is empty"), done("b", "b")));

        assertThat(page)
                .contains("<title>Karman</title>", "<dt>done</dt><dd>2</dd>", "<dt>failed</dt><dd>1</dd>")
                .contains(
                        "<dt>skipped</dt><dd>4</dd>",
                        "<dd>1 min 40 s</dd>",
                        "<dd>0.0200</dd>",
                        "<dt>workers</dt><dd>3</dd>")
                .contains("window sizes</th><td>64, 32 px", "overlap</th><td>50 %")
                .contains("c</th><td>file is empty", "src=\"mean.png\"", "href=\"mean.h5\"")
                .contains("4 &times; 3 vectors, 25.0 % flagged, median 1.50 px");
        assertThat(page.indexOf("href=\"a.h5\"")).isPositive().isLessThan(page.indexOf("href=\"b.h5\""));
        assertThat(page.indexOf("window sizes")).isLessThan(page.indexOf("overlap"));
        assertThat(page).doesNotContain("http:", "https:", "<script", "%s", "%d");
    }

    @Test
    void leavesOutWhatThereIsNot() throws IOException {
        String page = page(new Summary("Empty", new Counts(0, 0, 0), Duration.ZERO, 1, 0, true, Map.of()), List.of());

        assertThat(page)
                .contains("No pair has a result.", "<dt>worker</dt>", "<dt>pairs per second</dt><dd>-</dd>")
                .doesNotContain("Mean field", "<h2>Failed", "<details", "<img");
    }

    @Test
    void escapesEveryText() throws IOException {
        Summary summary =
                new Summary(NASTY, new Counts(1, 1, 0), Duration.ofSeconds(1), 1, 0, true, Map.of(NASTY, NASTY));

        String page = page(summary, List.of(done(NASTY, "plain"), new Entry.Failed(NASTY, "bad " + NASTY)));

        assertThat(page).doesNotContain("<b>", "\"'.png");
        assertThat(page.split(NASTY_ESCAPED, -1))
                .as("title twice, parameter twice, failure twice, pair twice")
                .hasSize(9);
    }

    @Test
    void encodesFileNamesInLinks() throws IOException {
        Summary summary = new Summary("t", new Counts(1, 0, 0), Duration.ofSeconds(1), 1, 0, true, Map.of());

        String page = page(summary, List.of(done("k", "sub dir/50% #1 ü?\"+b")));

        assertThat(page)
                .contains("src=\"sub%20dir/50%25%20%231%20%C3%BC%3F%22%2Bb.png\"")
                .contains("href=\"sub%20dir/50%25%20%231%20%C3%BC%3F%22%2Bb.h5\"");
    }

    @Test
    void linksToFilesElsewhereByFullAddress() {
        assertThat(Html.relativeUrl(Path.of("/out"), Path.of("/other/a&b.png"))).endsWith("/other/a&amp;b.png");
        assertThat(Html.relativeUrl(Path.of("out"), Path.of("out/./x/../a.png")))
                .isEqualTo("a.png");
    }

    @Test
    void replacesControlCharactersAndBrokenUnicode() throws IOException {
        assertThat(Html.escape("a\0b\nc\td\u007f")).isEqualTo("a\uFFFDb c d\uFFFD");

        Summary summary = new Summary("broken \uD83D", new Counts(0, 0, 0), Duration.ZERO, 1, 0, true, Map.of());
        assertThat(page(summary, List.of())).contains("<title>broken ?</title>");
    }

    @Test
    void loadsPicturesAsTheyComeIntoView() throws IOException {
        Summary summary = new Summary("t", new Counts(1, 0, 0), Duration.ofSeconds(1), 1, 0, true, Map.of());

        assertThat(page(summary, List.of(done("a", "a")))).contains("loading=\"lazy\"");
    }

    @Test
    void writesTimesAndRatesForPeople() {
        assertThat(Durations.text(Duration.ofMillis(420))).isEqualTo("0.42 s");
        assertThat(Durations.text(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(Durations.text(Duration.ofMillis(59_960))).isEqualTo("1 min 00 s");
        assertThat(Durations.text(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(Durations.text(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
        assertThat(Durations.rate(500, Duration.ofSeconds(2))).isEqualTo("250");
        assertThat(Durations.rate(3, Duration.ofSeconds(2))).isEqualTo("1.50");
        assertThat(Durations.rate(3, Duration.ZERO)).isEqualTo("-");
    }

    private Entry done(String key, String name) {
        return new Entry.Done(
                key,
                new SavedField(name, directory.resolve(name + ".h5"), directory.resolve(name + ".png"), 4, 3, 3, 1.5f));
    }

    private String page(Summary summary, List<Entry> entries) throws IOException {
        IndexPage.write(directory, summary, entries);
        return Files.readString(directory.resolve("index.html"));
    }
}

package org.reactortopology.job.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.Job;
import org.reactortopology.job.internal.directory.Owner;
import org.reactortopology.job.internal.reading.TestLedger;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {

    private static final Instant BEGIN = TestLedger.BEGIN;
    private static final Clock CLOCK = Clock.fixed(BEGIN.plusSeconds(3600), ZoneOffset.UTC);
    private static final String HOSTILE = "<script>alert('x')</script>\"quoted\"\n&amp; \u0000\ud800 \ud83d\ude80 ]]>";

    @TempDir
    Path directory;

    private TestLedger ledger() {
        return new TestLedger(directory).owner("box", 4711, BEGIN);
    }

    private JsonNode json() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(directory.resolve("report.json")));
    }

    /** The page, read by a parser of XML, which takes nothing that is not well-formed. */
    private Document written() throws Exception {
        Path file = Reports.write(directory, CLOCK, ZoneId.of("Europe/Paris"));
        assertThat(file).isEqualTo(directory.resolve("report.html"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        Document page = factory.newDocumentBuilder().parse(file.toFile());
        refuseOutside(page, Files.readString(file));
        return page;
    }

    private static void refuseOutside(Document page, String text) {
        for (Element element : elements(page, "*")) {
            for (String name : List.of("src", "href", "xlink:href", "action", "data", "srcset")) {
                assertThat(element.getAttribute(name)).as(name).matches("(\\./failures/.*|data:,)?");
            }
            assertThat(element.getTagName()).isNotIn("iframe", "object", "embed", "img", "base");
        }
        for (String tag : List.of("style", "script")) {
            String content = elements(page, tag).get(0).getTextContent();
            assertThat(content).doesNotContain("http").doesNotContain("url(").doesNotContain("@import");
        }
        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity").doesNotContain("xmlns");
        assertThat(elements(page, "script")).hasSize(1);
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static long charts(Document page) {
        return elements(page, "svg").stream()
                .filter(svg -> svg.getAttribute("class").equals("chart"))
                .count();
    }

    @Test
    void aJobWithoutItemsHasNoEmptyCharts() throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN, 0L);
        }
        Document page = written();

        assertThat(charts(page)).isZero();
        assertThat(page.getDocumentElement().getTextContent())
                .contains("Complete. 0 of 0 keys are settled, none failed.")
                .contains("Nothing yet: no key has ended.")
                .contains("Nothing yet: no recorded key has been in it.");
        assertThat(json().path("complete").asBoolean()).isTrue();
    }

    @Test
    void aJobOfOneItemHasCharts() throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN.plusMillis(40), 1L)
                    .item("a", 0, ItemState.DONE, 1, BEGIN.plusMillis(35), null)
                    .sample(1, BEGIN.plusMillis(20), 0, 1, 1, 1000, 0);
        }
        Document page = written();

        assertThat(charts(page)).isEqualTo(5);
        JsonNode buckets = json().at("/throughput/buckets");
        assertThat(buckets).hasSize(1);
        assertThat(buckets.get(0).path("millis").asLong()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 100_000})
    void numbersAddUp(int count) throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "DRAINED", BEGIN, BEGIN.plusSeconds(600), count + 10L);
            long start = BEGIN.toEpochMilli();
            ledger.items(count, i -> {
                boolean failed = i % 12 == 11;
                int state = failed ? ItemState.FAILED.code() : ItemState.DONE.code();
                long ended = start + 600_000L * i / count;
                long took = 1000 + i;
                return new Object[] {
                    "key" + i,
                    i,
                    state,
                    1,
                    1,
                    i % 2,
                    ended * 1000,
                    took,
                    failed ? took + "," : "1000," + i,
                    ended,
                    failed ? TestLedger.failure("read", "java.io.IOException", "bad", "") : null
                };
            });
            for (int i = 0; i < 600; i++) {
                ledger.sample(1, BEGIN.plusSeconds(i), i, i % 3, 2, 1000, 2000);
            }
        }
        written();
        JsonNode json = json();
        int failed = count / 12;

        assertThat(json.at("/counts/recorded").asInt()).isEqualTo(count);
        assertThat(json.at("/counts/settled").asInt()).isEqualTo(count - failed);
        assertThat(json.at("/counts/byState/FAILED").asInt()).isEqualTo(failed);
        assertThat(sum(json.at("/throughput/buckets"), "outcomes")).isEqualTo(count);
        assertThat(sum(json.at("/throughput/buckets"), "failures")).isEqualTo(failed);
        assertThat(sum(json.at("/throughput/buckets"), "millis")).isEqualTo(600_000);
        assertThat(json.at("/throughput/buckets").size()).isBetween(4, 121);
        assertThat(sum(json.at("/works/0/histogram"), "items")).isEqualTo(count);
        assertThat(sum(json.at("/works/1/histogram"), "items")).isEqualTo(count - failed);
        assertThat(json.at("/works/1/failures").asInt()).isZero();
        assertThat(json.at("/works/0/failures").asInt()).isEqualTo(failed);
        assertThat(json.at("/slowest")).hasSize(Math.min(20, count));
        assertThat(json.at("/slowest/0/key").asString()).isEqualTo("key" + (count - 1));
        assertThat(json.at("/failures/first").size() + json.at("/failures/more").asInt())
                .isEqualTo(failed);
        assertThat(json.at("/failures/first").size()).isEqualTo(Math.min(200, failed));
        assertThat(json.at("/moments").size()).isBetween(100, 301);
        assertThat(json.path("complete").asBoolean()).isFalse();
        assertThat(json.path("resume").asString()).startsWith("Job.in(Path.of(");
    }

    private static long sum(JsonNode list, String member) {
        long sum = 0;
        for (JsonNode each : list) {
            sum += each.path(member).asLong();
        }
        return sum;
    }

    @Test
    void aKilledJobSaysHowToGoOn() throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.owner(Owner.self().host(), Owner.self().pid(), BEGIN.minusSeconds(1_000_000));
            ledger.run(1, "FRESH", "RUNNING", BEGIN, null, 24L, "a.Factory", "{}")
                    .item("a", 0, ItemState.DONE, 1, BEGIN.plusSeconds(7), null);
        }
        String text = written().getDocumentElement().getTextContent();

        assertThat(text).contains("Killed: pid ").contains("reactor-topology resume ");
        assertThat(json().path("state").asString()).isEqualTo("KILLED");
        assertThat(json().at("/runs/0/last").asString()).as("its last outcome").isEqualTo("2026-11-22T10:00:07Z");
        assertThat(json().at("/runs/0/ended").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ONLY, COMPLETED, 24, false", "FRESH, DRAINED, 2, true", "RETRY_FAILED, COMPLETED, 2, true"})
    void completeIsWhatHasNothingLeftHoweverItsLatestRunEnded(String mode, String state, long total, boolean complete)
            throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, mode, state, BEGIN, BEGIN.plusSeconds(2), total, "a.Factory", "{}")
                    .item("a", 0, ItemState.DONE, 1, BEGIN.plusMillis(10), null)
                    .item("b", 1, ItemState.DONE, 1, BEGIN.plusMillis(10), null);
        }

        written();

        assertThat(json().path("complete").asBoolean()).isEqualTo(complete);
        assertThat(json().path("resume").isNull()).isEqualTo(complete);
        assertThat(Files.readString(directory.resolve("report.html")).contains("Complete. 2 of 2 keys are settled"))
                .isEqualTo(complete);
    }

    @Test
    void aRunningJobIsReportedBesideItsWriter() throws Exception {
        try (TestLedger ledger = new TestLedger(directory)) {
            ledger.run(1, "FRESH", "RUNNING", BEGIN, null, 24L)
                    .locked()
                    .item("a", 0, ItemState.DONE, 1, BEGIN.plusSeconds(1), null)
                    .live(1, BEGIN.plusSeconds(9), "{\"skipped\":3,\"works\":[{\"name\":\"read\",\"calls\":5}]}");
            written();
            assertThat(json().path("state").asString()).isEqualTo("RUNNING");
            assertThat(json().path("resume").isNull()).isTrue();
            assertThat(json().at("/works/0/calls").asLong()).isEqualTo(5);
            assertThat(json().at("/runs/0/last").asString()).isEqualTo("2026-11-22T10:00:09Z");
            assertThat(json().at("/runs/0/skipped").asLong()).isEqualTo(3);
        }
    }

    @Test
    void runsAreLaidEndToEnd() throws Exception {
        try (TestLedger ledger = ledger()) {
            for (int run = 1; run <= 60; run++) {
                Instant start = BEGIN.plusSeconds(run * 1000L);
                ledger.run(run, "RESUME", run < 60 ? "RUNNING" : "COMPLETED", start, start.plusSeconds(10), 60L);
                ledger.item("k" + run, run, ItemState.DONE, run, start.plusSeconds(5), null);
                ledger.sample(run, start.plusSeconds(5), 1, 1, 1, 1, 1);
            }
        }
        written();

        assertThat(json().path("runs")).hasSize(50);
        assertThat(json().path("runsBefore").asInt()).isEqualTo(10);
        assertThat(json().at("/runs/0/state").asString()).isEqualTo("KILLED");
        assertThat(json().at("/runs/0/number").asInt()).isEqualTo(11);
        assertThat(json().at("/runs/1/elapsedBefore").asLong()).isEqualTo(10_000);
        assertThat(json().at("/runs/49/items/DONE").asLong()).isEqualTo(1);
        assertThat(sum(json().at("/throughput/buckets"), "outcomes")).isEqualTo(50);
        assertThat(json().at("/moments/49/elapsedMillis").asLong()).isEqualTo(495_000);
    }

    @Test
    void textsOfUsersCannotBecomeMarkup() throws Exception {
        String long4k = "ключ".repeat(1000);
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "FAILED", BEGIN, BEGIN.plusSeconds(1), 3L)
                    .error(1, HOSTILE)
                    .item(HOSTILE.replace("\u0000", "").replace("\ud800", ""), 0, ItemState.DONE, 1, BEGIN, null)
                    .item(
                            long4k,
                            1,
                            ItemState.FAILED,
                            1,
                            BEGIN,
                            TestLedger.failure(HOSTILE, HOSTILE, HOSTILE, "x<y>.txt"))
                    .item("emoji \ud83d\ude80", 2, ItemState.CRASHED, 1, BEGIN, "{}");
            ledger.update("UPDATE run SET topology = ?, executor = ?", HOSTILE, HOSTILE);
        }
        Files.createDirectories(directory.resolve("failures"));
        Files.writeString(directory.resolve("failures/x<y>.txt"), "trace");
        Document page = written();

        assertThat(page.getDocumentElement().getTextContent())
                .contains("<script>alert('x')</script>\"quoted\"")
                .contains("\ud83d\ude80")
                .contains("\\u0000");
        assertThat(elements(page, "a"))
                .extracting(link -> link.getAttribute("href"))
                .containsExactly("./failures/x%3Cy%3E.txt");
        assertThat(json().at("/failures/first/0/key").asString()).isEqualTo(long4k);
    }

    @Test
    void theShapeOfTheJsonIsStable() throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN.plusSeconds(2), 2L, "a.Factory", "{}")
                    .report(
                            1,
                            "{\"taken\":2,\"done\":1,\"failed\":1,\"skipped\":0}",
                            "{\"works\":[{\"name\":\"read\",\"calls\":4,\"failures\":3,\"millis\":9}]}")
                    .item("a", 0, ItemState.DONE, 1, BEGIN.plusSeconds(1), null)
                    .item(
                            "b",
                            1,
                            ItemState.FAILED,
                            1,
                            BEGIN.plusSeconds(2),
                            TestLedger.failure("read", "T", "m", "b.txt"))
                    .sample(1, BEGIN.plusSeconds(1), 1, 2, 1, 300, 4000);
        }
        Files.createDirectories(directory.resolve("failures"));
        Files.writeString(directory.resolve("failures/b.txt"), "trace");
        written();

        String golden;
        try (var in = ReportsTest.class.getResourceAsStream("report-1.json")) {
            golden = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        String path = JsonMapper.shared()
                .writeValueAsString(directory.toAbsolutePath().normalize().toString());
        assertThat(Files.readString(directory.resolve("report.json"))
                        .replace(path.substring(1, path.length() - 1), "DIR"))
                .isEqualTo(golden);
    }

    @Test
    void writingLeavesNothingElse() throws Exception {
        try (TestLedger ledger = ledger()) {
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN, 0L);
        }
        Path file = Job.in(directory).report();

        assertThat(file).exists();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("ledger.db", "report.html", "report.json");
    }

    @Test
    void medianAndQuantilesAreNear() {
        Spread spread = new Spread();
        IntStream.rangeClosed(1, 100_000).forEach(spread::add);

        assertThat(spread.quantile(0.5)).isBetween(48_500L, 51_500L);
        assertThat(spread.quantile(0.95)).isBetween(92_150L, 97_850L);
        assertThat(spread.max()).isEqualTo(100_000);
        assertThat(spread.min()).isEqualTo(1);
        assertThat(spread.total()).isEqualTo(5_000_050_000L);
        Spread wide = new Spread();
        List.of(0L, 1L, 2L, 3L, Long.MAX_VALUE).forEach(wide::add);
        assertThat(wide.bars().stream().mapToLong(Report.Bar::items).sum()).isEqualTo(5);
        assertThat(wide.quantile(1)).isEqualTo(Long.MAX_VALUE);
    }
}

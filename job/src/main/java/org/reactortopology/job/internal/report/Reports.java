package org.reactortopology.job.internal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;
import org.reactortopology.AtomicFiles;
import org.reactortopology.job.JobException;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.reading.LedgerReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the report of a job, for people and for programs. Memory does not grow with the job; a million items take a few seconds. */
public final class Reports {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Reports() {}

    /**
     * Writes {@code report.json} and {@code report.html} from the ledger alone, each in one step; gives the latter. Blocks.
     *
     * @throws JobException if there is no job, or it cannot be read or written
     */
    public static Path write(Path directory) {
        return write(directory, Clock.systemUTC(), ZoneId.systemDefault());
    }

    static Path write(Path directory, Clock clock, ZoneId zone) {
        Report report = LedgerReader.read(directory, ledger -> Gathering.gather(ledger, clock));
        JobFiles files = new JobFiles(directory);
        String html = Page.of(report, zone, resource("report.css"), resource("report.js"));
        String json = MAPPER.writeValueAsString(report) + "\n";
        try {
            AtomicFiles.write(files.reportData(), temporary -> Files.writeString(temporary, json));
            AtomicFiles.write(files.reportPage(), temporary -> Files.writeString(temporary, html));
        } catch (IOException e) {
            throw new JobException(
                    "the report of the job in '" + directory + "' cannot be written: " + e
                            + ": see that the directory can be written to and the disk has room",
                    e);
        }
        return files.reportPage();
    }

    private static String resource(String name) {
        try (InputStream in = Reports.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

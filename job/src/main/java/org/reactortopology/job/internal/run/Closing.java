package org.reactortopology.job.internal.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.Counts;
import org.reactortopology.job.Job;
import org.reactortopology.job.internal.directory.CauseText;
import org.reactortopology.job.internal.directory.JobDescription;
import org.reactortopology.job.internal.directory.JsonFiles;
import org.reactortopology.job.internal.ledger.RunRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a job directory back, with the end of the run written down. By the thread of the ledger. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final OpenJob job;
    private final RunReport report;
    private final OptionalLong total;
    private final List<String> missing;
    private @Nullable Throwable failure;

    /**
     * A closing.
     *
     * @param report how the run ended
     * @param missing keys that were asked for and never came
     */
    Closing(OpenJob job, RunReport report, OptionalLong total, List<String> missing) {
        this.job = job;
        this.report = report;
        this.total = total;
        this.missing = missing;
    }

    /** Writes what can be written and closes all; gives what of the ledger could not be written. */
    @Nullable
    Throwable close() {
        if (!missing.isEmpty()) {
            LOG.warn(
                    "job '{}': {} keys were asked for, but the source did not give them: {}",
                    job.files().directory(),
                    missing.size(),
                    missing.subList(0, Math.min(20, missing.size())));
        }
        long now = System.currentTimeMillis();
        attempt(() -> {
            job.writer().check();
            job.writer()
                    .write(connection -> end(now).update(connection, job.run().number()));
        });
        attempt(job.kept()::close);
        attempt(job.writer()::close);
        boolean ledgerFailed = failure != null;
        logged("job.json", () -> describe(now, ledgerFailed));
        logged("the report", () -> Job.in(job.files().directory()).report());
        logged("the lock", job.lock()::close);
        return failure;
    }

    private RunRow.End end(long now) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("works", report.works().stream().map(Pulse::work).toList());
        told.put(
                "workers",
                report.workers().stream().map(worker -> Pulse.worker(worker, 0)).toList());
        if (!missing.isEmpty()) {
            told.put("missing", missing);
        }
        return new RunRow.End(
                report.state().name(),
                now,
                total.isPresent() ? (Long) total.getAsLong() : null,
                JsonFiles.line(counts()),
                JsonFiles.line(told),
                report.error().map(CauseText::of).orElse(null));
    }

    private Map<String, Object> counts() {
        Counts counts = report.counts();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("taken", counts.taken());
        told.put("done", counts.done());
        told.put("failed", counts.failed());
        told.put("timedOut", counts.timedOut());
        told.put("crashed", counts.crashed());
        told.put("skipped", counts.skipped());
        told.put("consumed", counts.consumed());
        told.put("derived", counts.derived());
        return told;
    }

    private void describe(long now, boolean ledgerFailed) throws IOException {
        job.description()
                .put("state", ledgerFailed ? "FAILED" : report.state().name())
                .put("ended", JobDescription.time(now))
                .put("counts", counts())
                .put("missing", missing.isEmpty() ? null : missing)
                .put("error", report.error().map(CauseText::of).orElse(ledgerFailed ? String.valueOf(failure) : null))
                .write(job.files().description());
    }

    private interface Step {
        void run() throws IOException, SQLException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (Throwable e) { // the steps after it are due all the same
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** A step of which the outcome of the run does not depend. */
    private void logged(String what, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.warn("job '{}': {} cannot be brought to its end", job.files().directory(), what, e);
        }
    }
}

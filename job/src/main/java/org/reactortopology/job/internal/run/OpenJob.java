package org.reactortopology.job.internal.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.job.internal.directory.CauseText;
import org.reactortopology.job.internal.directory.FailureFiles;
import org.reactortopology.job.internal.directory.JobDescription;
import org.reactortopology.job.internal.directory.JobLock;
import org.reactortopology.job.internal.directory.JsonFiles;
import org.reactortopology.job.internal.ledger.Admission;
import org.reactortopology.job.internal.ledger.Entry;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.KeptValues;
import org.reactortopology.job.internal.ledger.KeyDigests;
import org.reactortopology.job.internal.ledger.LedgerWriter;
import org.reactortopology.job.internal.ledger.RunRow;
import org.reactortopology.spi.ItemTrace;

/**
 * A job directory while a run has it. Used by the thread of the ledger only.
 *
 * @param failed keys whose outcome is a failure, and which may have a file that says so
 * @param description what {@code job.json} says
 */
record OpenJob(
        JobFiles files,
        JobLock lock,
        LedgerWriter writer,
        KeptValues kept,
        RunRow run,
        KeyDigests failed,
        JobDescription description,
        FailureFiles failureFiles) {

    /**
     * Writes outcomes, except those that the job itself has brought about; they are on the disk when this returns.
     *
     * @return what is emitted for them
     */
    <O> List<Outcome<O>> write(List<Outcome<O>> group, JobObserver observer) throws SQLException, IOException {
        long now = System.currentTimeMillis();
        List<Outcome<O>> emitted = new ArrayList<>(group.size());
        List<Entry> entries = new ArrayList<>(group.size());
        List<String> mended = new ArrayList<>();
        for (Outcome<O> outcome : group) {
            String key = outcome.key();
            byte[] value = observer.takeValue(outcome);
            ItemTrace trace = observer.takeTrace(outcome);
            if (JobObserver.isUnkept(value)) {
                continue; // the run is about to fail because of it; a resume runs it again
            }
            boolean restored = observer.takeRestored(outcome);
            if (restored && !outcome.isFailure()) {
                emitted.add(new Outcome.Skipped<>(key, outcome.index(), Admission.ALREADY_DONE));
                continue;
            }
            emitted.add(outcome);
            if (!isLeftOut(outcome, observer)) {
                entries.add(entry(outcome, trace, value, now));
                if (!outcome.isFailure() && failed.contains(key)) {
                    mended.add(key);
                }
            }
        }
        if (!entries.isEmpty()) {
            writer.write(entries, run.number(), now);
            mended.forEach(failureFiles::remove);
        }
        return emitted;
    }

    /** Whether the job has left it out, rather than a work of the topology. */
    static boolean isLeftOut(Outcome<?> outcome, JobObserver observer) {
        return outcome instanceof Outcome.Skipped<?> skipped
                && skipped.reason().equals(observer.refusal(outcome.key()));
    }

    private Entry entry(Outcome<?> outcome, @Nullable ItemTrace trace, byte @Nullable [] value, long now) {
        if (!outcome.isFailure()) {
            return new Entry(outcome, trace, value, null);
        }
        failed.add(outcome.key());
        Entry entry = new Entry(outcome, trace, null, null);
        Map<String, Object> failure = failure(outcome);
        failureFiles
                .write(outcome, entry.attempts(), run.number(), Instant.ofEpochMilli(now))
                .ifPresent(file -> failure.put("file", file));
        return new Entry(outcome, trace, null, JsonFiles.line(failure));
    }

    private static Map<String, Object> failure(Outcome<?> outcome) {
        Map<String, Object> failure = new LinkedHashMap<>();
        if (outcome instanceof Outcome.Failed<?> failed) {
            failure.put("work", failed.work());
            failure.put("type", failed.causeType());
            failure.put("message", CauseText.of(failed.cause(), failed::summary));
        } else if (outcome instanceof Outcome.TimedOut<?> late) {
            failure.put("work", late.work());
            failure.put("type", "timeout");
            failure.put("message", late.summary());
        } else if (outcome instanceof Outcome.Crashed<?> crashed) {
            failure.put("work", "");
            failure.put("type", "crash");
            failure.put("message", crashed.summary());
            failure.put("reason", crashed.reason());
        }
        return failure;
    }
}

package org.reactortopology.examples.piv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reactortopology.Outcome;
import org.reactortopology.examples.piv.output.FieldStore;
import org.reactortopology.examples.piv.output.IndexPage;
import org.reactortopology.examples.piv.output.InterrogationSettings;
import org.reactortopology.examples.piv.output.SavedField;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobFailure;

/** What became of each pair, in whichever run of the job. */
final class PivEntries {

    private PivEntries() {}

    /** By index; a pair that has never come to an end has none. */
    static Map<Long, IndexPage.Entry> of(
            Path output, InterrogationSettings settings, Collection<Outcome<PivResult>> outcomes, Job job)
            throws IOException {
        Map<Long, IndexPage.Entry> entries = new TreeMap<>();
        Map<Long, String> skipped = new TreeMap<>();
        for (Outcome<PivResult> outcome : outcomes) {
            if (outcome instanceof Outcome.Done<PivResult> done) {
                entries.put(
                        done.index(),
                        new IndexPage.Entry.Done(done.key(), done.value().saved()));
            } else if (outcome.isFailure()) {
                entries.put(outcome.index(), new IndexPage.Entry.Failed(outcome.key(), PivRun.reason(outcome)));
            } else {
                skipped.put(outcome.index(), outcome.key());
            }
        }
        if (!skipped.isEmpty()) {
            addEarlier(entries, skipped, new FieldStore(output, settings), failures(job));
        }
        return entries;
    }

    private static void addEarlier(
            Map<Long, IndexPage.Entry> entries,
            Map<Long, String> skipped,
            FieldStore store,
            Map<String, JobFailure> failures)
            throws IOException {
        for (Map.Entry<Long, String> pair : skipped.entrySet()) {
            String key = pair.getValue();
            JobFailure failure = failures.get(key);
            Optional<SavedField> saved = failure == null ? store.find(key) : Optional.empty();
            if (failure != null) {
                entries.put(pair.getKey(), new IndexPage.Entry.Failed(key, failure.message()));
            } else if (saved.isPresent()) {
                entries.put(pair.getKey(), new IndexPage.Entry.Done(key, saved.get()));
            }
        }
    }

    private static Map<String, JobFailure> failures(Job job) {
        Map<String, JobFailure> failures = new HashMap<>();
        job.failures().forEach(failure -> failures.put(failure.key(), failure));
        return failures;
    }
}

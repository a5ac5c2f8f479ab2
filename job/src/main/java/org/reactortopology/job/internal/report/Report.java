package org.reactortopology.job.internal.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All numbers of a report, in the shape of {@code report.json}, which {@code docs/report-json.md} tells: its components are the members, an empty
 * optional is null, instants are ISO 8601 in UTC. Bounded, however many items the job has.
 *
 * @param version of the shape
 * @param complete whether nothing is left that a resume would run, as far as that is known
 * @param summary how the job stands, in a sentence or two
 * @param resume the command that goes on with it; empty if it is complete or runs
 */
record Report(
        int version,
        Instant written,
        String directory,
        String topology,
        String state,
        boolean complete,
        String summary,
        Optional<String> resume,
        Optional<String> error,
        Counts counts,
        List<Run> runs,
        long runsBefore,
        Throughput throughput,
        List<Work> works,
        List<Moment> moments,
        List<Slow> slowest,
        Failures failures,
        String mermaid) {

    static final int VERSION = 1;

    /**
     * Keys that count; see {@link org.reactortopology.job.JobStatus}.
     *
     * @param recorded of the source
     * @param settled of the source
     * @param failures of all
     * @param derived those of items that were made of others
     * @param byState of all
     */
    record Counts(
            OptionalLong total, long recorded, long settled, long failures, long derived, Map<String, Long> byState) {}

    /**
     * A run of the job.
     *
     * @param last its end or its last sign of life
     * @param items keys by state whose outcome in the ledger is of this run
     * @param skipped keys that it left out as the job asked; empty if that is not known
     * @param elapsedBefore running time of the runs before it, which charts begin it at
     */
    record Run(
            int number,
            String mode,
            String state,
            String executor,
            String owner,
            Instant started,
            Optional<Instant> ended,
            Instant last,
            Map<String, Long> items,
            OptionalLong skipped,
            long elapsedBefore) {
        long millis() {
            return Math.max(0, last.toEpochMilli() - started.toEpochMilli());
        }
    }

    /** Outcomes of the ledger by when they came. */
    record Throughput(long bucketMillis, List<Bucket> buckets) {}

    /** Outcomes of the {@code millis} that begin at {@code elapsedMillis} of the running time of all runs. */
    record Bucket(int run, long elapsedMillis, long millis, long outcomes, long failures) {}

    /**
     * Calls of a work; medians and the like are within 3 %, the others exact.
     *
     * @param calls as the runs have reported; empty where one was killed before it could
     * @param items keys of the ledger for which it was called
     * @param failures keys of the ledger that failed in it
     */
    record Work(
            String name,
            OptionalLong calls,
            long items,
            long failures,
            long totalMicros,
            long minMicros,
            long medianMicros,
            long p95Micros,
            long maxMicros,
            List<Bar> histogram) {}

    /** Items whose time was from {@code fromMicros} to before {@code toMicros}. */
    record Bar(long fromMicros, long toMicros, long items) {}

    /** The highest values of the samples around a moment. */
    record Moment(int run, long elapsedMillis, Instant at, long busy, long workers, long heapBytes, long memoryBytes) {}

    /** A key that took long. */
    record Slow(String key, long index, String state, long tookMicros, int run, OptionalInt worker, int attempts) {}

    /** Failures: how many, of which kinds, and the first of them in the order of the source. */
    record Failures(long count, List<Group> groups, List<Failure> first, long more) {}

    /** Failures of one kind. */
    record Group(String work, String type, String state, long count) {}

    /** A failure; {@code file} is relative to the job directory. */
    record Failure(
            String key,
            long index,
            String state,
            String work,
            String type,
            String message,
            int attempts,
            int run,
            Instant at,
            Optional<String> file) {}

    /** Where that is. */
    static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }
}

package org.reactortopology.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a job stands, as its ledger says: while it runs, in whatever process, and after its end or death.
 *
 * @param directory the job directory
 * @param topology name of the topology
 * @param run number of the latest run, from 1
 * @param mode what that run was asked to do
 * @param state how the latest run stands or ended
 * @param owner {@code pid N on HOST} of the process that runs it or ran it
 * @param executor how it is run, for people
 * @param started begin of the latest run
 * @param ended its end; empty while it runs, and if it was killed
 * @param items keys of each state, over all runs; if one was in mode {@link JobMode#RECOMPUTE}, over the latest of these and those after it
 * @param total items of the source, where it knows
 * @param now what is known of the latest run at its last sign of life
 * @param error what broke or halted the latest run
 */
public record JobStatus(
        Path directory,
        String topology,
        int run,
        JobMode.Kind mode,
        State state,
        String owner,
        String executor,
        Instant started,
        Optional<Instant> ended,
        Map<ItemState, Long> items,
        OptionalLong total,
        Optional<Now> now,
        Optional<String> error) {

    /** Copies the map. */
    public JobStatus {
        items = Map.copyOf(items);
    }

    /** How a run stands or ended. */
    public enum State {
        /** Its owner lives. */
        RUNNING,
        /** It did not end, but its owner is dead: resume it. */
        KILLED,
        /** See {@link org.reactortopology.RunState#COMPLETED}. */
        COMPLETED,
        /** See {@link org.reactortopology.RunState#DRAINED}. */
        DRAINED,
        /** See {@link org.reactortopology.RunState#STOPPED}. */
        STOPPED,
        /** See {@link org.reactortopology.RunState#HALTED}. */
        HALTED,
        /** See {@link org.reactortopology.RunState#CANCELLED}. */
        CANCELLED,
        /** See {@link org.reactortopology.RunState#FAILED}. */
        FAILED
    }

    /** Keys that are settled: done, consumed or skipped. */
    public long settled() {
        return items.entrySet().stream()
                .filter(entry -> entry.getKey().isSettled())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Keys whose outcome is a failure. */
    public long failures() {
        return items.entrySet().stream()
                .filter(entry -> !entry.getKey().isSettled())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * The latest run at one moment.
     *
     * @param at when that was
     * @param taken items taken from the source
     * @param ended outcomes, skipped ones included
     * @param skipped outcomes of items that were not run
     * @param failures outcomes that are failures
     * @param elapsed since the begin of the run
     * @param perSecond outcomes of items that were run, in each second of the last minute
     */
    public record Now(
            Instant at,
            long taken,
            long ended,
            long skipped,
            long failures,
            Duration elapsed,
            double perSecond,
            List<WorkNow> works,
            List<QueueNow> queues,
            List<WorkerNow> workers) {

        /** Copies the lists. */
        public Now {
            works = List.copyOf(works);
            queues = List.copyOf(queues);
            workers = List.copyOf(workers);
        }
    }

    /** Calls of a work so far, how many of them threw, and the time inside. */
    public record WorkNow(String name, long calls, long failures, Duration time) {}

    /** How full a buffer is. */
    public record QueueNow(String edge, int depth, int capacity, int highest) {}

    /** A child JVM; {@code memoryBytes} is what it has resident, 0 if that cannot be read. */
    public record WorkerNow(int id, long pid, long items, long outcomes, long memoryBytes) {}
}

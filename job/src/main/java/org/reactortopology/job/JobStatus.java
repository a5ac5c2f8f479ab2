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
 * @param derived of these, keys of items that were made of others and did not come from the source
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
        Map<ItemState, Long> derived,
        OptionalLong total,
        Optional<Now> now,
        Optional<String> error) {

    /** Copies the maps. */
    public JobStatus {
        items = Map.copyOf(items);
        derived = Map.copyOf(derived);
    }

    /** How a run stands or ended. */
    public enum State {
        /** Its owner lives and has the lock. */
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

    /** Keys of the source that are settled: done, consumed or skipped. With {@link #total} this says how much is done. */
    public long settled() {
        return settled(items) - settled(derived);
    }

    /** Keys of the source that have an outcome, be it a failure. With {@link #total} this says how far the job is. */
    public long recorded() {
        return sum(items) - sum(derived);
    }

    /** Of all keys that have an outcome, those of items that were made of others. */
    public long recordedOfOthers() {
        return sum(derived);
    }

    private static long settled(Map<ItemState, Long> keys) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey().isSettled())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long sum(Map<ItemState, Long> keys) {
        return keys.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Keys whose outcome is a failure, also of items that were made of others. */
    public long failures() {
        return items.entrySet().stream()
                .filter(entry -> !entry.getKey().isSettled())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Whether nothing is left that a resume would run, as far as the ledger can tell: the latest run has ended and is not broken or given up, nothing
     * has failed, and as many keys are settled as the source has. Of a source that does not know how many it has, all are settled when a run that left
     * none out has come to its end. How the latest run ended does not matter else: a drain behind the last item leaves nothing, and a run of some keys
     * leaves the others.
     */
    public boolean complete() {
        if (failures() > 0) {
            return false;
        }
        return switch (state) {
            case RUNNING, KILLED, HALTED, FAILED -> false;
            case COMPLETED, DRAINED, STOPPED, CANCELLED ->
                total.isPresent() ? settled() >= total.getAsLong() : state == State.COMPLETED && triedAll();
        };
    }

    private boolean triedAll() {
        return mode != JobMode.Kind.ONLY && mode != JobMode.Kind.RETRY_FAILED;
    }

    /**
     * The latest run at one moment.
     *
     * @param at when that was
     * @param taken items taken from the source
     * @param ended outcomes, skipped ones included
     * @param skipped outcomes of items that were not run
     * @param failures outcomes that are failures
     * @param derived of the outcomes, those of items that were made of others
     * @param elapsed since the begin of the run
     * @param perSecond outcomes of items of the source that were run, in each second of the last minute
     */
    public record Now(
            Instant at,
            long taken,
            long ended,
            long skipped,
            long failures,
            long derived,
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

        /** Items of the source that have their outcome. */
        public long endedOfSource() {
            return ended - derived;
        }
    }

    /** Calls of a work so far, how many of them threw, and the time inside. */
    public record WorkNow(String name, long calls, long failures, Duration time) {}

    /** How full a buffer is. */
    public record QueueNow(String edge, int depth, int capacity, int highest) {}

    /** A child JVM; {@code memoryBytes} is what it has resident, 0 if that cannot be read. */
    public record WorkerNow(int id, long pid, long items, long outcomes, long memoryBytes) {}
}

package org.reactortopology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param topology name of the topology
 * @param state how the run ended
 * @param counts outcomes per kind
 * @param wall time from the subscription to the end
 * @param works one entry per work, in the order of the topology
 * @param workers one entry per child JVM; empty for executors that run in one JVM
 * @param results what each aggregate came to, by its name; read with {@link #result}
 * @param error what broke or stopped the run, if anything did
 */
public record RunReport(
        String topology,
        RunState state,
        Counts counts,
        Duration wall,
        List<WorkReport> works,
        List<WorkerReport> workers,
        Map<String, Object> results,
        Optional<Throwable> error) {

    /** Copies the lists. */
    public RunReport {
        works = List.copyOf(works);
        workers = List.copyOf(workers);
        results = Map.copyOf(results);
    }

    /** A report of a topology without aggregates. */
    public RunReport(
            String topology,
            RunState state,
            Counts counts,
            Duration wall,
            List<WorkReport> works,
            List<WorkerReport> workers,
            Optional<Throwable> error) {
        this(topology, state, counts, wall, works, workers, Map.of(), error);
    }

    /**
     * The result of an aggregate of the topology; of a run that ended early, of the values that had been accumulated by then.
     *
     * @throws IllegalArgumentException if the topology has no such aggregate, or combining or finishing it failed, which {@link #error} says
     */
    @SuppressWarnings("unchecked") // stored under the name of the aggregate that made it
    public <R> R result(Aggregate<?, ?, R> aggregate) {
        Object result = results.get(aggregate.name());
        if (result == null) {
            throw new IllegalArgumentException("topology '" + topology + "' has no result of an aggregate '"
                    + aggregate.name() + "': it has " + results.keySet());
        }
        return (R) result;
    }

    /**
     * Outcomes per kind.
     *
     * @param taken items taken from the source; those without an outcome were in flight when the run was ended early
     * @param consumed items that ended well without a value of their own, see {@link Outcome.Consumed}
     * @param derived outcomes of items that did not come from the source but were made of others; counted among the other kinds too
     */
    public record Counts(
            long taken,
            long done,
            long failed,
            long timedOut,
            long crashed,
            long skipped,
            long consumed,
            long derived) {

        /** Counts of a topology whose works keep the items one to one. */
        public Counts(long taken, long done, long failed, long timedOut, long crashed, long skipped) {
            this(taken, done, failed, timedOut, crashed, skipped, 0, 0);
        }

        /** Outcomes of all kinds. */
        public long ended() {
            return done + failures() + skipped + consumed;
        }

        /** Outcomes that are a failure of any kind. */
        public long failures() {
            return failed + timedOut + crashed;
        }

        /** Items taken that have no outcome, because the run ended early. */
        public long unfinished() {
            return taken + derived - ended();
        }
    }

    /**
     * What one work did, summed over all threads and processes.
     *
     * @param calls how often it was called
     * @param failures how often it threw
     * @param time time inside the work, summed over its calls
     */
    public record WorkReport(String name, long calls, long failures, Duration time) {}

    /**
     * What one child JVM did.
     *
     * @param id number of the worker, from 0; its log is {@code worker-NNN.log}
     * @param pid its process id
     * @param items items sent to it
     * @param outcomes outcomes it sent back
     * @param ready time from its start until it could take items
     */
    public record WorkerReport(int id, long pid, long items, long outcomes, Duration ready) {}

    /** One line for a log: name, state, counts, wall time. */
    public String summary() {
        return "topology '" + topology + "' " + state.name().toLowerCase(java.util.Locale.ROOT) + ": " + counts.done()
                + " done, " + counts.failures() + " failed, " + counts.skipped() + " skipped, " + counts.unfinished()
                + " unfinished in " + wall.toMillis() + " ms";
    }
}

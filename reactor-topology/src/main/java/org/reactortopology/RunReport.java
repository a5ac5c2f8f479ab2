package org.reactortopology;

import java.time.Duration;
import java.util.List;
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
 * @param error what broke or stopped the run, if anything did
 */
public record RunReport(
        String topology,
        RunState state,
        Counts counts,
        Duration wall,
        List<WorkReport> works,
        List<WorkerReport> workers,
        Optional<Throwable> error) {

    /** Copies the lists. */
    public RunReport {
        works = List.copyOf(works);
        workers = List.copyOf(workers);
    }

    /**
     * Outcomes per kind.
     *
     * @param taken items taken from the source; those without an outcome were in flight when the run was ended early
     */
    public record Counts(long taken, long done, long failed, long timedOut, long crashed, long skipped) {

        /** Outcomes of all kinds. */
        public long ended() {
            return done + failures() + skipped;
        }

        /** Outcomes that are a failure of any kind. */
        public long failures() {
            return failed + timedOut + crashed;
        }

        /** Items taken that have no outcome, because the run ended early. */
        public long unfinished() {
            return taken - ended();
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

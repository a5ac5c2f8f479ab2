package org.reactortopology.job.internal.report;

import java.util.Optional;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.internal.reading.RecordedRun;

/** How a job stands, in words for people, and how to go on with it. */
final class Standing {

    private final JobStatus status;
    private final RecordedRun latest;

    Standing(JobStatus status, RecordedRun latest) {
        this.status = status;
        this.latest = latest;
    }

    /** See {@link JobStatus#complete}. */
    boolean complete() {
        return status.complete();
    }

    String summary() {
        String keys = keys();
        if (complete()) {
            return "Complete. " + keys;
        }
        return switch (status.state()) {
            case RUNNING -> "Running, by " + status.owner() + ". " + keys;
            case KILLED ->
                "Killed: " + status.owner() + " died before the run had ended. " + keys
                        + " What was recorded counts; a resume runs the rest.";
            case COMPLETED -> "Ended, but not all is done. " + keys;
            case DRAINED -> "Ended early: no more items were taken, those in flight were finished. " + keys;
            case STOPPED -> "Stopped early, with items in flight. " + keys;
            case HALTED -> "Given up by a rule of the topology. " + keys;
            case CANCELLED -> "Cancelled by whoever asked for the outcomes. " + keys;
            case FAILED -> "The run broke. " + keys;
        };
    }

    private String keys() {
        String of = status.total().isPresent()
                ? " of " + Units.count(status.total().getAsLong()) + " keys are settled"
                : status.settled() == 1 ? " key is settled" : " keys are settled";
        String failed = status.failures() == 0 ? "none failed" : Units.count(status.failures()) + " failed";
        return Units.count(status.settled()) + of + ", " + failed + ".";
    }

    /** A line for a shell, or of Java where no command line can build the topology. */
    Optional<String> resume() {
        if (complete() || status.state() == JobStatus.State.RUNNING) {
            return Optional.empty();
        }
        String directory = status.directory().toAbsolutePath().normalize().toString();
        return Optional.of(
                latest.factory().isPresent()
                        ? "reactor-topology resume " + quoted(directory)
                        : "Job.in(Path.of(\"" + directory.replace("\\", "\\\\").replace("\"", "\\\"")
                                + "\")).mode(JobMode.RESUME).on(executor).run(topology)");
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

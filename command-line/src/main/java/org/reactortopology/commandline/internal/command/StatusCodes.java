package org.reactortopology.commandline.internal.command;

import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.job.JobStatus;

/** What {@code status} and {@code watch} end with. */
final class StatusCodes {

    private StatusCodes() {}

    static int of(JobStatus status) {
        return switch (status.state()) {
            case RUNNING -> ExitCodes.RUNNING;
            case HALTED -> ExitCodes.SOME_FAILED;
            case KILLED, FAILED -> ExitCodes.BROKEN;
            case COMPLETED, DRAINED, STOPPED, CANCELLED -> ofEnded(status);
        };
    }

    /** What was run early or in part may have left nothing, and what came to its end may have left much. */
    private static int ofEnded(JobStatus status) {
        if (status.complete()) {
            return ExitCodes.ALL_DONE;
        }
        boolean allCame = status.total().isPresent()
                ? status.settled() + status.failures() >= status.total().getAsLong()
                : status.state() == JobStatus.State.COMPLETED;
        return allCame && status.failures() > 0 ? ExitCodes.SOME_FAILED : ExitCodes.INTERRUPTED;
    }
}

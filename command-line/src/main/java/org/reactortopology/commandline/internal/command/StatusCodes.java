package org.reactortopology.commandline.internal.command;

import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.job.JobStatus;

/** What {@code status} and {@code watch} end with. */
final class StatusCodes {

    private StatusCodes() {}

    static int of(JobStatus status) {
        return switch (status.state()) {
            case RUNNING -> ExitCodes.RUNNING;
            case COMPLETED -> status.failures() == 0 ? ExitCodes.ALL_DONE : ExitCodes.SOME_FAILED;
            case HALTED -> ExitCodes.SOME_FAILED;
            case KILLED, FAILED -> ExitCodes.BROKEN;
            case DRAINED, STOPPED, CANCELLED -> ExitCodes.INTERRUPTED;
        };
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a worker ended.
 *
 * @param exitCode as the operating system gives it, 128 and more being a signal; empty if it was not seen
 * @param how the same in words
 * @param crashReport what the JVM's fatal error log says, in a few lines, if it wrote one
 * @param log where its log is, and the last lines
 */
public record WorkerEnding(OptionalInt exitCode, String how, Optional<String> crashReport, String log) {

    private static final int SIGKILL = 128 + 9;
    private static final int SIGTERM = 128 + 15;

    /** An ending of which nothing is known but these words. */
    public static WorkerEnding unseen(String how) {
        return new WorkerEnding(OptionalInt.empty(), how, Optional.empty(), "");
    }

    /** The same ending, with what is known of why. */
    public WorkerEnding after(String why) {
        return why.isEmpty() ? this : new WorkerEnding(exitCode, why + how, crashReport, log);
    }

    /** Whether it ended by a signal that anyone may have sent, so that it tells little about the items it had. */
    public boolean mayComeFromOutside() {
        return exitCode.isEmpty() || exitCode.getAsInt() == SIGKILL || exitCode.getAsInt() == SIGTERM;
    }

    /** All of it, for an error message. */
    public String text() {
        return how + crashReport.map(report -> "\n" + report).orElse("") + (log.isEmpty() ? "" : "; " + log);
    }
}

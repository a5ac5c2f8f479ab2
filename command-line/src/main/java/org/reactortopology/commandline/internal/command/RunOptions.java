package org.reactortopology.commandline.internal.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactortopology.commandline.ExecutorChoice;
import picocli.CommandLine.Option;

/** How a job is run. */
final class RunOptions {

    private static final int MOST = 1024;

    @Option(
            names = "--executor",
            paramLabel = "sequential|parallel|multi-process",
            description = "How items are run: in one thread, in this JVM, or over child JVMs.")
    private ExecutorChoice.@Nullable Kind executor;

    @Option(names = "--workers", paramLabel = "N", description = "Child JVMs (default: one per processor).")
    private @Nullable Integer workers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that compute, of each worker or of the parallel executor (default: from the processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--allow-changes",
            description =
                    "Go on although the topology or its parameters are others than those that the job was begun with.")
    boolean allowChanges;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long items under way may take to end after SIGINT, SIGTERM or SIGUSR2; a second SIGINT or SIGTERM"
                            + " stops them now (default: ${DEFAULT-VALUE}).")
    private long drainTimeoutSeconds;

    @Option(names = "--json", description = "Print one JSON document about the run when it has ended.")
    boolean json;

    /** The executor that was asked for; what was not said is as in the given choice, if it is of the same kind. */
    ExecutorChoice executor(ExecutorChoice otherwise) {
        atLeastOne("--workers", workers);
        atLeastOne("--threads", threads);
        ExecutorChoice base =
                executor == null || executor == otherwise.kind() ? otherwise : new ExecutorChoice(executor, null, null);
        ExecutorChoice choice = new ExecutorChoice(
                base.kind(), workers == null ? base.workers() : workers, threads == null ? base.threads() : threads);
        choice.problem().ifPresent(problem -> {
            throw new UsageException(problem);
        });
        return choice;
    }

    /** How long a drain may take. */
    Duration drainTimeout() {
        if (drainTimeoutSeconds < 0 || drainTimeoutSeconds > Integer.MAX_VALUE) {
            throw new UsageException("--drain-timeout is " + drainTimeoutSeconds + ": give 0 or more seconds");
        }
        return Duration.ofSeconds(drainTimeoutSeconds);
    }

    private static void atLeastOne(String option, @Nullable Integer value) {
        if (value != null && (value < 1 || value > MOST)) {
            throw new UsageException(option + " is " + value + ": give a number from 1 to " + MOST);
        }
    }
}

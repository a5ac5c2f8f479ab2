package org.reactortopology.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A key whose outcome is a failure.
 *
 * @param state which kind of failure
 * @param work name of the work; empty for a crash, which no work has thrown
 * @param type class of what was thrown, or the kind of failure
 * @param message one line for people: {@link org.reactortopology.Outcome.Failed#summary} or its like
 * @param attempts how often it was begun, over all runs
 * @param run number of the run that it is of
 * @param at when it ended
 * @param file with the stack trace and the last lines of its worker, if it could be written
 */
public record JobFailure(
        String key,
        long index,
        ItemState state,
        String work,
        String type,
        String message,
        int attempts,
        int run,
        Instant at,
        Optional<Path> file) {}

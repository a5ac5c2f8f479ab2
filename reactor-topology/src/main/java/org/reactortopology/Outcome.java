package org.reactortopology;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one key ended. Every item that a run takes from its source, and every item that {@code flatMap} or
 * {@code window} makes of others, ends as exactly one outcome, whatever happened to it.
 *
 * <p>An outcome is immutable and safe to share between threads; whether its value is, is up to the works.
 *
 * @param <O> type of the value that the topology computes for an item
 */
public sealed interface Outcome<O> {

    /** The item's key: unique in its source, kept by every 1:1 work. */
    String key();

    /**
     * The item's position in its source, counted from 0. Children have their parent's; windows are counted on their own.
     */
    long index();

    /** Whether the item ended without a value because something went wrong with it. */
    default boolean isFailure() {
        return this instanceof Failed || this instanceof TimedOut || this instanceof Crashed;
    }

    /**
     * All works ran; {@code value} is what the last one returned.
     *
     * @param value never null
     */
    record Done<O>(String key, long index, O value) implements Outcome<O> {
        public Done {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A work threw. The later works were skipped for this item; the run went on.
     *
     * @param work name of the work (or of the source, when the item could not leave it)
     * @param cause what the work threw; a {@link RemoteFailure} when it happened in another process
     */
    record Failed<O>(String key, long index, String work, Throwable cause) implements Outcome<O> {
        public Failed {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(cause, "cause");
        }

        /** Class name of what was thrown, the same in every executor. */
        public String causeType() {
            return cause instanceof RemoteFailure remote
                    ? remote.originalType()
                    : cause.getClass().getName();
        }

        /** One line that names the work, the key and the cause. */
        public String summary() {
            String message = cause.getMessage();
            return "work '" + work + "' failed for key '" + key + "': "
                    + (message == null || message.isBlank() ? causeType() : message);
        }
    }

    /**
     * A deadline passed before the item ended.
     *
     * @param work name of the work that was running
     * @param deadline which of the work's deadlines
     * @param limit the deadline that was set
     * @param elapsed the time that was given in fact: from the begin of the call ({@link Deadline#SILENCE}: from its last progress) to its end
     */
    record TimedOut<O>(String key, long index, String work, Deadline deadline, Duration limit, Duration elapsed)
            implements Outcome<O> {
        public TimedOut {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(deadline, "deadline");
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(elapsed, "elapsed");
        }

        /** The {@link Deadline#TOTAL} one passed. */
        public TimedOut(String key, long index, String work, Duration limit, Duration elapsed) {
            this(key, index, work, Deadline.TOTAL, limit, elapsed);
        }

        /** One line that names the work, the key, and the time asked and given. */
        public String summary() {
            String what = deadline == Deadline.TOTAL ? "' took too long for key '" : "' was silent too long for key '";
            return "work '" + work + what + key + "': " + elapsed.toMillis() + " ms, where " + limit.toMillis()
                    + " ms are allowed";
        }
    }

    /**
     * The item killed the process that ran it: it did so when it ran there alone, so no other item can have been the cause.
     *
     * @param reason exit code or signal, in words
     * @param exitCode the same as the operating system gives it, 128 and more being a signal; empty if it was not seen
     * @param crashReport what the JVM's fatal error log says, in a few lines, if it wrote one
     * @param log where the log of the process is, and its last lines; empty if there is none
     * @param attempts how many processes ended while they ran the item, the first of them with others beside it
     */
    record Crashed<O>(
            String key,
            long index,
            String reason,
            OptionalInt exitCode,
            Optional<String> crashReport,
            String log,
            int attempts)
            implements Outcome<O> {
        public Crashed {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(exitCode, "exitCode");
            Objects.requireNonNull(crashReport, "crashReport");
            Objects.requireNonNull(log, "log");
        }

        /** A crash of which no more is known than the reason. */
        public Crashed(String key, long index, String reason) {
            this(key, index, reason, OptionalInt.empty(), Optional.empty(), "", 1);
        }

        /** The same crash as what became of another item, which this one was part of. */
        public <P> Crashed<P> of(String otherKey, long otherIndex) {
            return new Crashed<>(otherKey, otherIndex, reason, exitCode, crashReport, log, attempts);
        }

        /** One line that names the key, the reason and how often it was tried. */
        public String summary() {
            return "key '" + key + "' killed its process: " + reason + ", after " + attempts
                    + (attempts == 1 ? " attempt" : " attempts");
        }
    }

    /**
     * The item ended well without a value of its own at the output: it became other items, which have all ended well, or its branch ends in a
     * sink.
     *
     * @param by name of the {@code flatMap}, {@code window} or {@code sink} that took it; of one of them, if several did
     * @param children how many items it became part of; 0 for a sink
     */
    record Consumed<O>(String key, long index, String by, long children) implements Outcome<O> {
        public Consumed {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(by, "by");
        }
    }

    /**
     * The item was not run, on purpose.
     *
     * @param reason why, in one phrase
     */
    record Skipped<O>(String key, long index, String reason) implements Outcome<O> {
        public Skipped {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(reason, "reason");
        }
    }
}

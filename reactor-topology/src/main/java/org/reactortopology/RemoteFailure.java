package org.reactortopology;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that was thrown in another process.
 *
 * <p>Message, stack trace and causes are those of the original; its class is known by name only, because the class itself never
 * crosses the process boundary.
 */
public final class RemoteFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String originalType;

    /**
     * Rebuilds a failure from its parts.
     *
     * @param originalType class name of the original exception
     * @param message its message, or null if it had none
     * @param trace its stack trace
     * @param cause its cause rebuilt in the same way, or null if it had none
     */
    public RemoteFailure(
            String originalType, @Nullable String message, StackTraceElement[] trace, @Nullable RemoteFailure cause) {
        super(message, cause);
        this.originalType = Objects.requireNonNull(originalType, "originalType");
        setStackTrace(trace);
    }

    /** Class name of the exception that was thrown in the other process. */
    public String originalType() {
        return originalType;
    }

    /** The original's class name and message, marked as remote. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message stays that of the original, only the class is not ours
    public String toString() {
        String message = getMessage();
        return "(in a worker) " + originalType + (message == null ? "" : ": " + message);
    }
}

package org.reactortopology.commandline.internal.command;

/** What was asked for cannot be done as asked; the message names the value and the fix. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}

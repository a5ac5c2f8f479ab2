package org.reactortopology.examples.piv;

/** What was asked for cannot be done as asked; the message is one line that names the value and the fix. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}

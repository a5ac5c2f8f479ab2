package org.reactortopology.job.internal.directory;

import java.util.function.Supplier;

/** Text of what users' code has thrown, whose own methods may throw as well: that must not harm the record of it. */
public final class CauseText {

    private CauseText() {}

    /** Its class and message. */
    public static String of(Throwable cause) {
        return of(cause, cause::toString);
    }

    /** The text if it can be told, and otherwise the name of the class. */
    public static String of(Throwable cause, Supplier<String> text) {
        try {
            return text.get();
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                throw fatal;
            }
            return cause.getClass().getName() + " (which cannot tell more: its own text ends with "
                    + e.getClass().getName() + ")";
        }
    }
}

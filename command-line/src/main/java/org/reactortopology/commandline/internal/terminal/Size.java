package org.reactortopology.commandline.internal.terminal;

/**
 * How much text there is room for.
 *
 * @param columns characters in a line
 * @param rows lines
 */
public record Size(int columns, int rows) {

    /** What is assumed of a terminal that does not tell. */
    public static final Size USUAL = new Size(80, 24);

    /** No bound that matters: output to a file or another program. */
    public static final Size UNBOUNDED = new Size(100_000, 100_000);

    /** Whether there is no bound that matters. */
    public boolean isUnbounded() {
        return columns >= UNBOUNDED.columns;
    }
}

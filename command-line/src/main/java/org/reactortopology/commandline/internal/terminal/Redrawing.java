package org.reactortopology.commandline.internal.terminal;

import java.io.PrintWriter;
import java.util.List;

/** Lines that are drawn over themselves on a terminal. The cursor is hidden until this is closed, and stands beneath the last lines then. */
public final class Redrawing implements AutoCloseable {

    private static final String HIDE = "\u001b[?25l";
    private static final String SHOW = "\u001b[?25h";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String CLEAR = "\u001b[2J\u001b[H";

    private final PrintWriter out;
    private int drawn;
    private Size size;

    /** On that terminal, which has that size now. */
    public Redrawing(PrintWriter out, Size size) {
        this.out = out;
        this.size = size;
        out.print(HIDE);
    }

    /** Draws the lines where the last ones stood; on a clear screen if the size has changed, because lines have been broken then. */
    public void draw(List<String> lines, Size now) {
        if (!now.equals(size)) {
            out.print(CLEAR);
            size = now;
        } else if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\r");
        }
        lines.forEach(line -> out.print(line + ERASE_LINE + "\n"));
        out.print(ERASE_BELOW);
        out.flush();
        drawn = lines.size();
    }

    @Override
    public void close() {
        out.print(SHOW);
        out.flush();
    }
}

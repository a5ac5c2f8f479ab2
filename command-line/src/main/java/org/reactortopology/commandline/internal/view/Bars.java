package org.reactortopology.commandline.internal.view;

/** Bars of plain characters, which every terminal shows. */
public final class Bars {

    private Bars() {}

    /** A bar of that width, brackets included; it is full only if the part is the whole, and empty only if it is nothing. */
    public static String of(long part, long whole, int width) {
        int cells = Math.max(1, width - 2);
        double share = whole <= 0 ? 0 : Math.min(1, Math.max(0, (double) part / whole));
        int filled = (int) Math.floor(share * cells);
        if (filled == 0 && share > 0 && cells > 1) {
            filled = 1;
        }
        return "[" + "#".repeat(filled) + ".".repeat(cells - filled) + "]";
    }
}

package org.reactortopology.commandline.internal.view;

import java.util.ArrayList;
import java.util.List;
import org.reactortopology.commandline.internal.terminal.Ink;

/** Columns under headings. One of them gives way when the room is too small, by cutting its texts. */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> headings;
    private final boolean[] right;
    private final int flexible;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param flexible which column gives way
     * @param headings one for each column; one that begins with {@code >} is of a column of numbers, aligned to the right
     */
    public Table(int flexible, String... headings) {
        this.flexible = flexible;
        this.headings = new ArrayList<>();
        this.right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            this.headings.add(right[i] ? headings[i].substring(1) : headings[i]);
        }
    }

    /** Adds a row; control characters in it are replaced. */
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("a row has " + cells.length + " cells: there are " + headings.size());
        }
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Texts.printable(cell));
        }
        rows.add(row);
        return this;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, heading first, none longer than the width unless its rigid columns need more. */
    public List<String> lines(int width, boolean colour) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        lines.add(Ink.FAINT.on(line(headings, widths), colour));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths(int width) {
        int[] widths = new int[headings.size()];
        int sum = GAP.length() * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Texts.width(headings.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], Texts.width(row.get(i)));
            }
            sum += widths[i];
        }
        if (sum > width) {
            int least = Math.max(Texts.width(headings.get(flexible)), 8);
            widths[flexible] = Math.max(Math.min(least, widths[flexible]), widths[flexible] - (sum - width));
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Texts.fit(cells.get(i), widths[i]);
            line.append(i == 0 ? "" : GAP)
                    .append(right[i] ? Texts.right(cell, widths[i]) : Texts.padded(cell, widths[i]));
        }
        return line.toString().stripTrailing();
    }
}

package org.reactortopology.benchmarks.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of cells, printed with aligned columns or as Markdown. Columns whose heading begins with {@code >} are aligned to the right. For one thread. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final String[] headings;
    private final boolean[] right;

    TextTable(String... headings) {
        this.right = new boolean[headings.length];
        this.headings = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            this.headings[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
    }

    void row(String... cells) {
        if (cells.length != headings.length) {
            throw new IllegalArgumentException(cells.length + " cells, not " + headings.length);
        }
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String text() {
        int[] widths = new int[headings.length];
        for (String[] row : withHeadings()) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : withHeadings()) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String blanks = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(right[i] ? blanks + row[i] : row[i] + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(line(headings)).append("|");
        for (boolean each : right) {
            text.append(each ? "---:|" : "---|");
        }
        text.append('\n');
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private List<String[]> withHeadings() {
        List<String[]> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        return all;
    }

    private static String line(String[] cells) {
        StringBuilder line = new StringBuilder("|");
        Arrays.stream(cells)
                .forEach(cell -> line.append(cell.isEmpty() ? "" : " " + cell.replace("|", "\\|"))
                        .append(" |"));
        return line.append('\n').toString();
    }
}

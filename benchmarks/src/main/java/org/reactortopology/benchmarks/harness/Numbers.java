package org.reactortopology.benchmarks.harness;

import java.util.Locale;

/** Numbers as they are printed everywhere. */
public final class Numbers {

    private Numbers() {}

    /** Three digits or more where they say something; thousands apart from 10 000 on. */
    public static String text(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 10_000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 100) {
            return String.format(Locale.ROOT, size >= 10_000 ? "%,.0f" : "%.0f", value)
                    .replace(',', ' ');
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        if (size >= 1) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return String.format(Locale.ROOT, size >= 0.01 ? "%.3f" : "%.2e", value);
    }
}

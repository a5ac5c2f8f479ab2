package org.reactortopology.job.internal.report;

import java.util.Locale;

/** Numbers as people read them, with units. */
final class Units {

    private static final char THIN_SPACE = '\u202f';

    private Units() {}

    /** {@code 12 345}, with thin spaces that do not break. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', THIN_SPACE);
    }

    /** {@code 12 345 keys}. */
    static String count(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** {@code 350 µs}, {@code 4.2 ms}, {@code 12 s}, {@code 3 min 4 s}, {@code 2 d 3 h}. */
    static String micros(long micros) {
        if (micros < 1000) {
            return micros + " µs";
        } else if (micros < 1_000_000) {
            return digits(micros / 1e3) + " ms";
        } else if (micros < 60_000_000L) {
            return digits(micros / 1e6) + " s";
        }
        return seconds(Math.round(micros / 1e6));
    }

    /** As {@link #micros}. */
    static String millis(long millis) {
        return millis == 0 ? "0 s" : micros(millis * 1000);
    }

    private static String seconds(long seconds) {
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        } else if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }

    /** {@code 1.5 GiB}. */
    static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : digits(value)) + " " + units[unit];
    }

    /** Three digits that count, no zeros behind the point. */
    static String digits(double value) {
        double magnitude = Math.abs(value);
        String text =
                String.format(Locale.ROOT, magnitude >= 99.95 ? "%.0f" : magnitude >= 9.995 ? "%.1f" : "%.2f", value);
        text = text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
        return magnitude >= 10_000 ? count(Math.round(value)) : text;
    }

    /** {@code NAME_OF_A_STATE} as words. */
    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** At most so many characters, none of them cut in two. */
    static String shortened(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}

package org.reactortopology.commandline.internal.view;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, short enough for a table. */
public final class Amounts {

    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Amounts() {}

    /** As {@code 1,234}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The number and the word, which gets an s unless it is one. */
    public static String count(long count, String word) {
        return count(count) + " " + word + (count == 1 ? "" : "s");
    }

    /** In the two largest units: {@code 850 ms}, {@code 12.3 s}, {@code 2 h 13 min}, {@code 3 d 4 h}. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (time.isNegative() || time.isZero()) {
            return "0 s";
        } else if (time.toMillis() < 1) {
            return String.format(Locale.ROOT, "%.0f us", Math.max(1, time.toNanos() / 1e3));
        } else if (time.toMillis() < 10) {
            return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1e6);
        } else if (seconds < 1) {
            return time.toMillis() + " ms";
        } else if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        } else if (seconds < MINUTE) {
            return seconds + " s";
        } else if (seconds < HOUR) {
            return two(seconds, MINUTE, "min", 1, "s");
        } else if (seconds < DAY) {
            return two(seconds, HOUR, "h", MINUTE, "min");
        }
        return two(seconds, DAY, "d", HOUR, "h");
    }

    /** A time left, which is no more exact than a second. */
    public static String left(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return (seconds < MINUTE ? seconds + " s" : time(time)) + " left";
    }

    private static String two(long seconds, long large, String largeUnit, long small, String smallUnit) {
        long rest = seconds % large / small;
        return count(seconds / large) + " " + largeUnit + (rest == 0 ? "" : " " + rest + " " + smallUnit);
    }

    /** In binary units: {@code 312 MiB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < BYTES.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", amount, BYTES[unit]);
    }

    /** A rate in the unit of time that gives a number of at least one: {@code 12.3/s}, {@code 4.5/min}, {@code 2.0/h}. */
    public static String rate(double perSecond) {
        if (!(perSecond > 0)) {
            return "0/s";
        } else if (perSecond >= 100) {
            return String.format(Locale.ROOT, "%,.0f/s", perSecond);
        } else if (perSecond >= 1) {
            return String.format(Locale.ROOT, "%.1f/s", perSecond);
        } else if (perSecond * MINUTE >= 1) {
            return String.format(Locale.ROOT, "%.1f/min", perSecond * MINUTE);
        }
        return String.format(Locale.ROOT, "%.1f/h", perSecond * HOUR);
    }

    /** Whole per cents, rounded down: 100 % is all. */
    public static String percent(long part, long whole) {
        return (whole <= 0 ? 100 : (long) Math.floor(100.0 * Math.min(part, whole) / whole)) + " %";
    }
}

package org.reactortopology.examples.piv.output;

import java.time.Duration;
import java.util.Locale;

/** Writes times and rates for people. */
final class Durations {

    private Durations() {}

    /** For example {@code 0.42 s}, {@code 12.3 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
    static String text(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 9.995) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return longText(Duration.ofSeconds(Math.round(seconds)));
    }

    private static String longText(Duration duration) {
        if (duration.toHours() == 0) {
            return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    /** Items per second with three digits, or a dash if there was none or no time has passed. */
    static String rate(int items, Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        if (seconds <= 0 || items == 0) {
            return "-";
        }
        double rate = items / seconds;
        return rate >= 100 ? String.format(Locale.ROOT, "%.0f", rate) : String.format(Locale.ROOT, "%.3g", rate);
    }
}

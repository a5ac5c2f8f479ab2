package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Maps values to places between two edges, with ticks at round values.
 *
 * @param from value at the first edge
 * @param to value at the second edge, above {@code from}
 * @param ticks round values between them
 * @param logarithmic whether equal factors are equally far apart
 */
record Axis(double from, double to, List<Double> ticks, boolean logarithmic, DoubleFunction<String> label) {

    private static final double[] SECONDS = {
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
        172_800, 604_800
    };

    Axis {
        ticks = List.copyOf(ticks);
    }

    /** From 0 to a round value not below {@code max}, in steps of 1, 2 or 5; whole numbers only, if asked. */
    static Axis upTo(double max, boolean whole, DoubleFunction<String> label) {
        double wanted = Math.max(max, whole ? 1 : 1e-9) / 4;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double step = power * (wanted <= power ? 1 : wanted <= 2 * power ? 2 : wanted <= 5 * power ? 5 : 10);
        return steps(max, whole ? Math.max(1, step) : step, label);
    }

    /** From 0 to a round number of bytes. */
    static Axis bytes(double max) {
        double step = 1024;
        while (step * 4 < max) {
            step *= 2;
        }
        return steps(max, step, value -> value == 0 ? "0" : Units.bytes((long) value));
    }

    private static Axis steps(double max, double step, DoubleFunction<String> label) {
        List<Double> ticks = new ArrayList<>();
        int steps = (int) Math.max(1, Math.ceil(max / step - 1e-9));
        for (int i = 0; i <= steps; i++) {
            ticks.add(i * step);
        }
        return new Axis(0, steps * step, ticks, false, label);
    }

    /** Running time from 0 to exactly {@code max}, which has no tick unless it is round. */
    static Axis time(long maxMillis) {
        double max = Math.max(1, maxMillis) / 1000.0;
        double step = Math.ceil(max / 6 / 604_800) * 604_800;
        for (int i = SECONDS.length - 1; i >= 0; i--) {
            step = max / SECONDS[i] <= 6 ? SECONDS[i] : step;
        }
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= max; i++) {
            ticks.add(i * step * 1000);
        }
        return new Axis(0, max * 1000, ticks, false, value -> Units.millis(Math.round(value)));
    }

    /** Durations in microseconds, by factors; at least one of four, with the given ones in its middle. */
    static Axis durations(long fromMicros, long toMicros) {
        double least = (double) Math.max(1, fromMicros);
        double most = Math.max(least, (double) toMicros);
        double missing = Math.max(1, Math.sqrt(4 * least / most));
        double from = Math.max(1, least / missing);
        double to = most * missing;
        double[] factors = to / from < 6
                ? new double[] {1, 1.5, 2, 3, 4, 5, 7}
                : to / from < 30 ? new double[] {1, 2, 5} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (double power = 1; power <= to; power *= 10) {
            for (double factor : factors) {
                if (power * factor >= from * 0.999 && power * factor <= to * 1.001) {
                    ticks.add(power * factor);
                }
            }
        }
        return new Axis(from, to, ticks, true, value -> Units.micros(Math.round(value)));
    }

    /** Where a value is, from 0 at the first edge to 1 at the second. */
    double place(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.max(0, Math.min(1, share));
    }

    String label(double tick) {
        return label.apply(tick);
    }
}

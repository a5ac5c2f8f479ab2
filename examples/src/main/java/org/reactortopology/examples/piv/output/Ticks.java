package org.reactortopology.examples.piv.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers to label an axis with: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param values the numbers, ascending
 * @param decimals digits after the point that all labels need
 */
record Ticks(List<Double> values, int decimals) {

    /**
     * Chooses the ticks of a range.
     *
     * @param low lower end
     * @param high upper end, above {@code low}
     * @param most highest number of steps, at least 1
     */
    static Ticks between(double low, double high, int most) {
        double smallest = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(smallest)));
        double step = power * 10;
        for (int factor : new int[] {5, 2, 1}) {
            if (factor * power >= smallest) {
                step = factor * power;
            }
        }
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step * 1.0001)));
        List<Double> values = new ArrayList<>();
        double slack = step * 1e-6;
        for (long i = (long) Math.ceil((low - slack) / step); i * step <= high + slack; i++) {
            values.add(i * step);
        }
        return new Ticks(List.copyOf(values), decimals);
    }

    /** The text for one of the values. */
    String label(double value) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}

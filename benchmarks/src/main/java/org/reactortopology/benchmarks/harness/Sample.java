package org.reactortopology.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one turn found, for one thread. */
public final class Sample {

    private final Map<Unit, Double> values = new LinkedHashMap<>();

    /** Of nothing yet; {@link Rounds} makes those that count. */
    public Sample() {}

    /** Adds a value; refuses a second one in the same unit. */
    public Sample add(Unit unit, double value) {
        if (values.putIfAbsent(unit, value) != null) {
            throw new IllegalArgumentException("a turn gives one value in " + unit.symbol());
        }
        return this;
    }

    Map<Unit, Double> values() {
        return values;
    }
}

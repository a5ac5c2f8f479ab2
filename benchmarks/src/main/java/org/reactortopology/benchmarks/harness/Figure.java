package org.reactortopology.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one subject under one load in one unit.
 *
 * @param at where on the load's curve, or null if it has none
 * @param samples one or more, in the order in which they were taken
 */
public record Figure(
        String load,
        @Nullable Point at,
        String subject,
        Unit unit,
        List<Double> samples,
        @Nullable Target target) {

    /** Copies the samples. */
    public Figure {
        samples = List.copyOf(samples);
    }

    /** Median, range and deviation. */
    @JsonProperty("statistics")
    public Statistics statistics() {
        return Statistics.of(samples);
    }
}

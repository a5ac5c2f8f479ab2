package org.reactortopology.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subject's figure over another's, each taken within a round, so that a machine whose speed drifts does not show in it.
 *
 * @param at where on the load's curve, or null if it has none
 * @param of subject above the line
 * @param to subject below the line
 * @param unit of both
 * @param samples one for each round, in their order
 */
public record Ratio(
        String load,
        @Nullable Point at,
        String of,
        String to,
        Unit unit,
        List<Double> samples,
        @Nullable Target target) {

    /** Copies the samples. */
    public Ratio {
        samples = List.copyOf(samples);
    }

    /** Median, range and deviation. */
    @JsonProperty("statistics")
    public Statistics statistics() {
        return Statistics.of(samples);
    }
}

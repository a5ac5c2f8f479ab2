package org.reactortopology.examples.piv.output;

import java.util.List;

/**
 * How the fields of a run were measured, as it is noted in every HDF5 file.
 *
 * @param windowSizesPx edge of the square interrogation windows in px, one entry per pass, first pass first
 * @param overlap part of a window that it shares with the next one in a row or column, at least 0 and below 1
 */
public record InterrogationSettings(List<Integer> windowSizesPx, double overlap) {

    /** Checks the ranges; throws {@link IllegalArgumentException} outside them. */
    public InterrogationSettings {
        windowSizesPx = List.copyOf(windowSizesPx);
        if (windowSizesPx.isEmpty() || windowSizesPx.stream().anyMatch(size -> size <= 0)) {
            throw new IllegalArgumentException("windowSizesPx is " + windowSizesPx
                    + " but needs one positive size per pass; give for example [64, 32]");
        }
        if (!(overlap >= 0 && overlap < 1)) {
            throw new IllegalArgumentException(
                    "overlap is " + overlap + " but must be at least 0 and below 1; give for example 0.5");
        }
    }
}

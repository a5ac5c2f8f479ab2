package org.reactortopology.examples.piv.correlation;

import java.util.List;

/**
 * How the {@link Correlator} measures.
 *
 * @param windows side of the square windows of each pass in px, even, 8 to 1024, none larger than the one before it; 1 to
 *     10 passes
 * @param overlap share of the side that neighbouring windows have in common, 0 to 0.95
 * @param searchLimit largest displacement in px, along each axis, looked for around the result of the pass before (around
 *     zero in the first), 4 to half the first window, in each pass at most half its window less 2 px; 0 for just that
 * @param minSignalToNoise vectors whose highest correlation peak is less than this many times the second are flagged, 0
 *     to 100; 1 and below flag none
 * @param medianThreshold vectors whose normalised median residual is above this are replaced, above 0, at most 100
 * @param medianNoise fluctuation level in px that the normalised median test allows everywhere, above 0, at most 10
 */
public record PivSettings(
        List<Integer> windows,
        double overlap,
        int searchLimit,
        double minSignalToNoise,
        double medianThreshold,
        double medianNoise) {

    private static final int MAX_PASSES = 10;
    private static final int LEAST_WINDOW = 8;
    private static final int LARGEST_WINDOW = 1024;
    private static final int LEAST_SEARCH = 4;

    /**
     * Checks the values and copies the list.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public PivSettings {
        windows = List.copyOf(windows);
        requireWindows(windows);
        require(overlap >= 0 && overlap <= 0.95, "overlap is " + overlap + ", it must be from 0 to 0.95; 0.5 is usual");
        int half = windows.get(0) / 2;
        require(
                searchLimit == 0 || (searchLimit >= LEAST_SEARCH && searchLimit <= half),
                "searchLimit is " + searchLimit + " px, it must be 0 or from " + LEAST_SEARCH + " to " + half
                        + " (half the first window of " + windows.get(0)
                        + " px); 0 searches half of each window");
        require(
                minSignalToNoise >= 0 && minSignalToNoise <= 100,
                "minSignalToNoise is " + minSignalToNoise + ", it must be from 0 to 100; 1.3 is usual, 0 flags none");
        require(
                medianThreshold > 0 && medianThreshold <= 100,
                "medianThreshold is " + medianThreshold + ", it must be above 0 and at most 100; 2 is usual");
        require(
                medianNoise > 0 && medianNoise <= 10,
                "medianNoise is " + medianNoise + " px, it must be above 0 and at most 10; 0.1 is usual");
    }

    /**
     * Windows of 64 then 32 px, overlap 0.5, search limit 16 px (a quarter of the first window, R. D. Keane and R. J.
     * Adrian, Meas. Sci. Technol. 1 (1990) 1202), least signal-to-noise 1.3, median threshold 2 at a noise of 0.1 px (J.
     * Westerweel and F. Scarano, Exp. Fluids 39 (2005) 1096).
     */
    public static PivSettings defaults() {
        return new PivSettings(List.of(64, 32), 0.5, 16, 1.3, 2.0, 0.1);
    }

    /** The same with other windows; the search limit is lowered to half the first window where it is above. */
    public PivSettings withWindows(List<Integer> newWindows) {
        int limit = newWindows.isEmpty() ? searchLimit : Math.min(searchLimit, newWindows.get(0) / 2);
        return new PivSettings(newWindows, overlap, limit, minSignalToNoise, medianThreshold, medianNoise);
    }

    /** The same with another overlap. */
    public PivSettings withOverlap(double newOverlap) {
        return new PivSettings(windows, newOverlap, searchLimit, minSignalToNoise, medianThreshold, medianNoise);
    }

    /** Largest displacement in px searched in a pass of this window. */
    int searchRadius(int window) {
        int most = window / 2 - 2;
        return searchLimit == 0 ? most : Math.min(searchLimit, most);
    }

    private static void requireWindows(List<Integer> windows) {
        require(
                !windows.isEmpty() && windows.size() <= MAX_PASSES,
                "windows lists " + windows.size() + " passes, it must list 1 to " + MAX_PASSES + ", such as 64,32");
        int before = Integer.MAX_VALUE;
        for (int window : windows) {
            require(
                    window >= LEAST_WINDOW && window <= LARGEST_WINDOW && window % 2 == 0,
                    "windows holds " + window + " px, a window must be even and from " + LEAST_WINDOW + " to "
                            + LARGEST_WINDOW + " px; 64,32 is usual");
            require(
                    window <= before,
                    "windows grows from " + before + " to " + window
                            + " px, no pass may have a larger window than the one before it; list them from large to"
                            + " small, such as 64,32");
            before = window;
        }
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}

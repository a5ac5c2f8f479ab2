package org.reactortopology.test;

import java.util.List;

/** What a {@link StrictExecutor} found wrong with the works of a topology. */
public final class StrictModeError extends AssertionError {

    private static final long serialVersionUID = 1L;

    /** Found in a run of that topology. */
    StrictModeError(String topology, long seed, List<String> found, long more) {
        super("topology '" + topology + "' in strict mode, seed " + seed + ":\n  " + String.join("\n  ", found)
                + (more == 0 ? "" : "\n  and " + more + " more of the same kind"));
    }
}

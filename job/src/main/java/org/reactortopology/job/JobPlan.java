package org.reactortopology.job;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a run would do, found out without running.
 *
 * @param mode for which mode
 * @param run how many keys of the source it would run; empty if the source cannot be read beforehand
 * @param skip how many it would skip
 * @param firstToRun the first keys that it would run, at most {@value #SHOWN}
 * @param firstToSkip the first keys that it would skip, at most {@value #SHOWN}
 * @param goneFromSource keys of the ledger that the source does not give any more, at most {@value #SHOWN}
 * @param problem why it would be refused, in one paragraph; empty if it would not
 */
public record JobPlan(
        JobMode mode,
        OptionalLong run,
        OptionalLong skip,
        List<String> firstToRun,
        List<String> firstToSkip,
        List<String> goneFromSource,
        String problem) {

    /** How many keys are named at most. */
    public static final int SHOWN = 20;

    /** Copies the lists. */
    public JobPlan {
        firstToRun = List.copyOf(firstToRun);
        firstToSkip = List.copyOf(firstToSkip);
        goneFromSource = List.copyOf(goneFromSource);
    }
}

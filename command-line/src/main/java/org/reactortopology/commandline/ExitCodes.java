package org.reactortopology.commandline;

import java.util.OptionalLong;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;

/** The exit codes of all commands. */
public final class ExitCodes {

    /** All is done. */
    public static final int ALL_DONE = 0;

    /** Some items failed; the others are done, unless a rule of the topology gave the run up. */
    public static final int SOME_FAILED = 1;

    /** Wrong usage, or refused: no such job, a mode that does not fit, a lock that another process holds. Nothing was run. */
    public static final int USAGE = 2;

    /** The run itself broke, its ledger included, or was killed. */
    public static final int BROKEN = 3;

    /** Of {@code status} only: the job runs. */
    public static final int RUNNING = 4;

    /** A signal ended it before all items were run. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}

    /**
     * What a run ends with.
     *
     * @param total items of the source, where it knows: a signal that comes behind the last of them changes nothing
     */
    public static int of(RunReport report, OptionalLong total) {
        RunState state = report.state();
        if (state == RunState.FAILED) {
            return BROKEN;
        }
        boolean early = state == RunState.DRAINED || state == RunState.STOPPED || state == RunState.CANCELLED;
        if (early
                && (total.isEmpty() || report.counts().ended() - report.counts().derived() < total.getAsLong())) {
            return INTERRUPTED;
        }
        return report.counts().failures() == 0 && state != RunState.HALTED ? ALL_DONE : SOME_FAILED;
    }
}

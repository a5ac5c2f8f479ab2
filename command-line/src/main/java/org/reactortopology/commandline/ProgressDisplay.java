package org.reactortopology.commandline;

import java.io.PrintWriter;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.internal.terminal.Terminal;
import org.reactortopology.commandline.internal.view.LiveProgress;

/**
 * Shows on the standard error how far a run has come: a bar with rate and time left on a terminal, and elsewhere a line every
 * {@value #SECONDS_BETWEEN_LINES} s. Items that are skipped count as progress and not as rate. It follows the run from its making to {@link #close()},
 * on a thread of its own, and takes nothing from it: no outcome waits for it.
 */
public final class ProgressDisplay implements AutoCloseable {

    /** Time between two lines where there is no terminal, in seconds. */
    public static final int SECONDS_BETWEEN_LINES = LiveProgress.SECONDS_BETWEEN_LINES;

    private final LiveProgress shown;

    private ProgressDisplay(LiveProgress shown) {
        this.shown = shown;
    }

    /**
     * Shows that run from now on.
     *
     * @param name what is run, one word
     * @param items what the items are called, in the plural
     * @param err where lines go; a bar goes to {@link System#err}
     */
    public static ProgressDisplay of(TopologyRun<?> run, String name, String items, PrintWriter err) {
        return new ProgressDisplay(LiveProgress.of(run, name, items, err, Terminal.ofProcess()));
    }

    /** Ends what is shown; a bar stands at the last counts. */
    @Override
    public void close() {
        shown.close();
    }
}

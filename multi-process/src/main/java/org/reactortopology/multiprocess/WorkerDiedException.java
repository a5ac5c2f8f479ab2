package org.reactortopology.multiprocess;

import java.time.Duration;
import java.util.List;
import org.reactortopology.TopologyException;

/**
 * More child JVMs died within a time window than {@link MultiProcessBuilder#maxRestarts} allows; the run ended there. Outcomes that had arrived were
 * emitted first.
 */
public final class WorkerDiedException extends TopologyException {

    private static final long serialVersionUID = 1L;

    private static final int KEYS_SHOWN = 5;

    private final int worker;
    private final transient List<String> keysInFlight;

    /**
     * Names the last worker that died, how it ended, and what it was working on.
     *
     * @param ending exit code or signal and the last lines of its log
     * @param keysInFlight keys of the items that it had and that have no outcome
     */
    public WorkerDiedException(
            int worker, long pid, String ending, List<String> keysInFlight, int allowed, Duration window) {
        super("more than " + allowed + " workers died within " + window.toSeconds()
                + " s: find out why, or raise maxRestarts. The last was worker " + worker + " (pid " + pid + "): "
                + ending
                + "\nit had " + keysInFlight.size() + " items in flight: " + shown(keysInFlight));
        this.worker = worker;
        this.keysInFlight = List.copyOf(keysInFlight);
    }

    /** Number of the worker, from 0. */
    public int worker() {
        return worker;
    }

    /** Keys of the items that it had and that have no outcome. */
    public List<String> keysInFlight() {
        return keysInFlight;
    }

    private static String shown(List<String> keys) {
        String first = String.join("', '", keys.subList(0, Math.min(KEYS_SHOWN, keys.size())));
        return keys.isEmpty() ? "none" : "'" + first + "'" + (keys.size() > KEYS_SHOWN ? ", …" : "");
    }
}

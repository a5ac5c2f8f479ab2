package org.reactortopology.multiprocess;

import java.util.List;
import org.reactortopology.TopologyException;

/** A child JVM died while it had work; the run ended there. Outcomes that had arrived were emitted first. */
public final class WorkerDiedException extends TopologyException {

    private static final long serialVersionUID = 1L;

    private static final int KEYS_SHOWN = 5;

    private final int worker;
    private final transient List<String> keysInFlight;

    /**
     * Names the worker, how it ended, and what it was working on.
     *
     * @param ending exit code or signal and the last lines of its log
     * @param keysInFlight keys of the items that it had and that have no outcome
     */
    public WorkerDiedException(int worker, long pid, String ending, List<String> keysInFlight) {
        super("worker " + worker + " (pid " + pid + ") died in the middle of the run: " + ending + "\nit had "
                + keysInFlight.size() + " items in flight: " + shown(keysInFlight));
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

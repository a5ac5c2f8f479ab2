package org.reactortopology.multiprocess.internal.coordinator;

/**
 * What becomes of an item whose worker died. An item that was not being worked on is innocent and goes to another worker. One that was is a
 * suspect: it is run once more among others; if a worker dies with it again, alone in a worker. Only what kills its worker alone is guilty.
 *
 * <p>A SIGKILL or SIGTERM may come from anyone on the machine while an innocent item happens to be there alone, so it takes {@value
 * #KILLINGS_TO_BE_SURE} of them. Confined to the mailbox.
 */
final class Blame {

    /** How often a worker with one item must have ended by a signal that may come from outside, before the item is taken to be the cause. */
    static final int KILLINGS_TO_BE_SURE = 3;

    private static final int AMONG_OTHERS = 1;

    /** Where an item goes. */
    enum Verdict {
        /** To a worker, among others. */
        AGAIN,
        /** To a worker of its own. */
        ALONE,
        /** Nowhere: it kills its worker. */
        GUILTY
    }

    private Blame() {}

    /**
     * Judges an item that had no outcome when its worker died.
     *
     * @param busy whether the worker was, or may have been, working on it
     */
    static Verdict judge(Flight flight, boolean busy, WorkerEnding ending) {
        if (busy) {
            flight.tried();
        }
        if (flight.isAlone()) {
            int needed = ending.mayComeFromOutside() ? KILLINGS_TO_BE_SURE : 1;
            return busy && flight.killed() >= needed ? Verdict.GUILTY : Verdict.ALONE;
        }
        return busy && flight.suspect() > AMONG_OTHERS ? Verdict.ALONE : Verdict.AGAIN;
    }
}

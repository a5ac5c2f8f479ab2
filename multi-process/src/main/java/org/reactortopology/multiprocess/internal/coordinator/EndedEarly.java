package org.reactortopology.multiprocess.internal.coordinator;

/** Why a worker did not start: its process ended before it connected. The cause of a {@link org.reactortopology.multiprocess.WorkerStartException}. */
public final class EndedEarly extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean fromOutside;

    /** It ended so. */
    public EndedEarly(WorkerEnding ending) {
        super(ending.how());
        fromOutside = ending.mayComeFromOutside();
    }

    /** Whether that tells nothing of what is started: someone may have killed it, and another may come up. */
    static boolean isFromOutside(Throwable notStarted) {
        return notStarted.getCause() instanceof EndedEarly early && early.fromOutside;
    }
}

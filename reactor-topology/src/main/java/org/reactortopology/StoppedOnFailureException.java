package org.reactortopology;

/** Ends the outcomes of a topology built with {@code stopOnFailure()}, right after its first failure was emitted. */
public final class StoppedOnFailureException extends HaltedException {

    private static final long serialVersionUID = 1L;

    /** Names the run's topology and the outcome that stopped it. */
    public StoppedOnFailureException(String topology, Outcome<?> outcome) {
        this(topology, 1, outcome);
    }

    /** The same, of a run in which so many items had ended. */
    public StoppedOnFailureException(String topology, long ended, Outcome<?> outcome) {
        super(
                "topology '" + topology + "' stopped at its first failure, as asked by stopOnFailure(): "
                        + summary(outcome),
                ended,
                1,
                outcome);
    }

    /** The failure that stopped the run; it is also the last outcome that was emitted. */
    public Outcome<?> outcome() {
        return lastFailure();
    }
}

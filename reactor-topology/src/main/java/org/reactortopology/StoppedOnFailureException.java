package org.reactortopology;

/** Ends the outcomes of a topology built with {@code stopOnFailure()}, right after its first failure was emitted. */
public final class StoppedOnFailureException extends TopologyException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome<?> outcome;

    /** Names the run's topology and the outcome that stopped it. */
    public StoppedOnFailureException(String topology, Outcome<?> outcome) {
        super(
                "topology '" + topology + "' stopped at its first failure, as asked by stopOnFailure(): "
                        + (outcome instanceof Outcome.Failed<?> failed ? failed.summary() : outcome.toString()),
                outcome instanceof Outcome.Failed<?> failed ? failed.cause() : null);
        this.outcome = outcome;
    }

    /** The failure that stopped the run; it is also the last outcome that was emitted. */
    public Outcome<?> outcome() {
        return outcome;
    }
}

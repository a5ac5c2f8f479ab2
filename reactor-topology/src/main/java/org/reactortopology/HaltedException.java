package org.reactortopology;

/** Ends the outcomes of a run that met a rule of {@link TopologyBuilder#haltWhen}, behind all outcomes that there were. */
public sealed class HaltedException extends TopologyException permits StoppedOnFailureException {

    private static final long serialVersionUID = 1L;

    private final transient Outcome<?> lastFailure;
    private final long ended;
    private final long failures;

    /**
     * Names what was seen when the rule was met.
     *
     * @param ended items that had ended
     * @param failures how many of them had failed
     */
    public HaltedException(String topology, Halt rule, long ended, long failures, Outcome<?> lastFailure) {
        this(
                "topology '" + topology + "' was halted, as asked by haltWhen(" + rule + "): " + failures + " of "
                        + ended + " items had failed, at last " + summary(lastFailure),
                ended,
                failures,
                lastFailure);
    }

    HaltedException(String message, long ended, long failures, Outcome<?> lastFailure) {
        super(message, lastFailure instanceof Outcome.Failed<?> failed ? failed.cause() : null);
        this.ended = ended;
        this.failures = failures;
        this.lastFailure = lastFailure;
    }

    /** The latest failure when the rule was met. */
    public Outcome<?> lastFailure() {
        return lastFailure;
    }

    /** Outcomes of all kinds when the rule was met. */
    public long ended() {
        return ended;
    }

    /** How many of them were failures. */
    public long failures() {
        return failures;
    }

    static String summary(Outcome<?> failure) {
        return failure instanceof Outcome.Failed<?> failed ? failed.summary() : failure.toString();
    }
}

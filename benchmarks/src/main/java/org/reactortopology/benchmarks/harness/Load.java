package org.reactortopology.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/** One load of a suite, to which samples are added; see {@link Session#load}. For one thread. */
public final class Load {

    private final Session session;
    private final String name;
    private final @Nullable Point at;

    Load(Session session, String name, @Nullable Point at) {
        this.session = session;
        this.name = name;
        this.at = at;
    }

    /** The same load at a point of a curve, such as {@code at(10_000, "items")}; such loads are drawn as lines over the logarithm of x. */
    public Load at(double x, String of) {
        return new Load(session, name, new Point(x, of));
    }

    /** Adds a sample; refuses what is no number. */
    public Load sample(String subject, Unit unit, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ", " + subject + ": " + value + " " + unit.symbol());
        }
        session.record(name, at, subject, unit).add(value);
        return this;
    }

    /** Prints what the figure should come to beside it. */
    public Load target(String subject, Unit unit, Target target) {
        session.aim(name, at, subject, unit, target);
        return this;
    }

    /**
     * Asks for the ratios of two subjects' samples, which must be as many in the end: the first of the one over the first of the other and so on.
     *
     * @param of subject above the line
     * @param to subject below the line
     */
    public Load ratio(String of, String to, Unit unit) {
        session.divide(name, at, of, to, unit, null);
        return this;
    }

    /** As {@link #ratio(String, String, Unit)}, with what the median should come to. */
    public Load ratio(String of, String to, Unit unit, Target target) {
        session.divide(name, at, of, to, unit, target);
        return this;
    }

    /** Its name, and its point if it has one. */
    @Override
    public String toString() {
        return at == null ? name : name + ", " + at;
    }
}

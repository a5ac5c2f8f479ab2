package org.reactortopology.benchmarks.harness;

/** Measures one subject once: sets up what is not to be measured, measures, adds what it found. */
@FunctionalInterface
public interface Turn {

    /** Adds one value in each of its units, the same units in every round. */
    void run(Sample into) throws Exception;
}

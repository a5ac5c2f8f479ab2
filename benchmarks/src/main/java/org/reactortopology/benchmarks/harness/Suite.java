package org.reactortopology.benchmarks.harness;

/**
 * A set of loads that belong together, each with what it is held against. It has a constructor without parameters and a file in {@code benchmarks/suites},
 * whose name is the suite's name.
 */
@FunctionalInterface
public interface Suite {

    /**
     * Measures everything. Called once, on the main thread of a JVM of its own.
     *
     * @throws Exception if anything breaks; a figure is never a reason. What was measured before is printed, and the command fails
     */
    void run(Session session) throws Exception;
}

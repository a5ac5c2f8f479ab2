package org.reactortopology.test;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.model.GraphSeed;
import org.reactortopology.test.model.GraphTrial;

/**
 * Random graphs of all verbs, with random failures, demand and bounds, have the outcomes that they must have: those that a plain computation over
 * lists has, and the same calls of each work as the sequential executor. An executor's test extends this class and says how to make one.
 *
 * <p>{@code -Dgraph.seed=n} runs the one graph of that seed, {@code -Dgraph.count=n} so many of them.
 */
@Timeout(300)
public abstract class RandomGraphContract {

    /** An executor of the kind under test; {@code random} may choose its settings. */
    protected abstract TopologyExecutor executor(long random);

    /** How many graphs are run. */
    protected int graphs() {
        return 500;
    }

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void everyGraphHasTheOutcomesThatItMustHave(TestReporter reporter) {
        Long replayed = Long.getLong("graph.seed");
        long first = replayed == null ? ThreadLocalRandom.current().nextLong() : replayed;
        int count = Integer.getInteger("graph.count", replayed == null ? graphs() : 1);
        reporter.publishEntry("graph.seed", Long.toString(first));
        for (long seed = first; seed != first + count; seed++) {
            GraphTrial trial = new GraphTrial(GraphSeed.of(seed));
            Map<String, String> calls = trial.run(SequentialExecutor.create(), seed);
            Map<String, String> seen = trial.run(executor(seed), seed + 1);
            if (!seen.equals(calls)) {
                throw trial.failure("calls and failures of the works must be " + calls + ", are " + seen);
            }
        }
    }

    @Test
    void everyGraphCanBeEndedEarly(TestReporter reporter) {
        Long replayed = Long.getLong("graph.seed");
        long first = replayed == null ? ThreadLocalRandom.current().nextLong() : replayed;
        int count = Integer.getInteger("graph.count", replayed == null ? graphs() : 1);
        reporter.publishEntry("graph.seed", Long.toString(first));
        for (long seed = first; seed != first + count; seed++) {
            new GraphTrial(GraphSeed.of(seed)).runInPart(executor(seed), seed);
        }
    }
}

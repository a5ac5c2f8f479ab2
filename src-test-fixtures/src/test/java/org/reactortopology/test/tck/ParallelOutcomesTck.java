package org.reactortopology.test.tck;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

/** The rules for the outcomes of {@link ParallelExecutor}. */
public class ParallelOutcomesTck extends OutcomesVerification {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}

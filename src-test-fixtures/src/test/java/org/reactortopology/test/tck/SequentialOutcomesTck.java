package org.reactortopology.test.tck;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

/** The rules for the outcomes of {@link SequentialExecutor}. */
public class SequentialOutcomesTck extends OutcomesVerification {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}

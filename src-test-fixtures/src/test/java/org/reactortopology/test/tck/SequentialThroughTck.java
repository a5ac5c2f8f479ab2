package org.reactortopology.test.tck;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

/** The rules for {@link SequentialExecutor} as an operator. */
public class SequentialThroughTck extends ThroughVerification {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}

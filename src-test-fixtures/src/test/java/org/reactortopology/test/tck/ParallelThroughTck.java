package org.reactortopology.test.tck;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

/** The rules for {@link ParallelExecutor} as an operator. */
public class ParallelThroughTck extends ThroughVerification {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}

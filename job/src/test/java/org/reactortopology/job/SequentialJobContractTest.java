package org.reactortopology.job;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.TopologyExecutorContract;

class SequentialJobContractTest extends TopologyExecutorContract {

    @TempDir
    Path jobs;

    @Override
    protected TopologyExecutor executor() {
        return new FreshJobs(jobs, SequentialExecutor.create());
    }

    /** As without a job. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + 3;
    }
}

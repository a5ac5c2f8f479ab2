package org.reactortopology.job;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.TopologyExecutorContract;

class ParallelJobContractTest extends TopologyExecutorContract {

    @TempDir
    Path jobs;

    @Override
    protected TopologyExecutor executor() {
        return new FreshJobs(jobs, ParallelExecutor.threads(2));
    }

    /** As without a job. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + (32 + 2 * 2) + (4 + 2 * 4) + 16;
    }
}

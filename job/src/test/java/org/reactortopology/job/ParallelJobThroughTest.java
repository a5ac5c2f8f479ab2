package org.reactortopology.job;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.ThroughContract;

class ParallelJobThroughTest extends ThroughContract {

    @TempDir
    Path jobs;

    @Override
    protected TopologyExecutor executor() {
        return new FreshJobs(jobs, ParallelExecutor.threads(2));
    }
}

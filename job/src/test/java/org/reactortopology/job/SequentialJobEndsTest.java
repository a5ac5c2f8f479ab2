package org.reactortopology.job;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.EndsContract;

class SequentialJobEndsTest extends EndsContract {

    @TempDir
    Path jobs;

    @Override
    protected TopologyExecutor executor() {
        return new FreshJobs(jobs, SequentialExecutor.create());
    }
}

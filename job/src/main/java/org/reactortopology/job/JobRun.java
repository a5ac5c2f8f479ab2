package org.reactortopology.job;

import java.nio.file.Path;
import org.reactortopology.TopologyRun;

/** A run of a topology in a job directory. */
public interface JobRun<O> extends TopologyRun<O> {

    /**
     * The directory that the run has taken. In {@link JobMode#NEW} that is found out when the outcomes are subscribed to: until the first of them, and
     * for a run that is refused, it is the one that was asked for. From any thread; does not wait.
     */
    Path directory();
}

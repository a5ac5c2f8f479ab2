package org.reactortopology.job.internal.run;

import java.nio.file.Path;
import org.reactortopology.job.JobMode;

/** What a job was asked to be. */
public record JobSettings(Path directory, JobMode mode, int buffer, boolean changesAllowed) {}

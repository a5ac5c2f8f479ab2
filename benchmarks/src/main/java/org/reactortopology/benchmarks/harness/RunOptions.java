package org.reactortopology.benchmarks.harness;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code benchmarks/run} asks of one suite.
 *
 * @param command as the user would type it
 * @param directory of this suite's results
 * @param arguments for the suite itself
 */
record RunOptions(
        String suite,
        String what,
        String command,
        @Nullable String commit,
        int rounds,
        boolean shortForm,
        Path directory,
        List<String> arguments) {}

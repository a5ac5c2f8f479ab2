package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobMode;
import picocli.CommandLine.Option;

/** What to do with what the directory holds already. */
final class ModeOptions {

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = {
                "fresh: run everything, refuse a directory that has a job;",
                "new: run everything, in the next free numbered directory;",
                "resume: run what is not done, failed items included;",
                "recompute: run everything again, in the same directory;",
                "retry-failed: run the items whose outcome is a failure;",
                "only: run the keys of --only or --only-file;",
                "ask: show how the job stands and ask, on a terminal."
            })
    private @Nullable Mode mode;

    @Option(names = "--only", split = ",", paramLabel = "KEY", description = "Run these keys, and no other.")
    private List<String> only = List.of();

    @Option(
            names = "--only-file",
            paramLabel = "FILE",
            description = "Run the keys of this file, one on each line; lines that begin with # are left out.")
    private @Nullable Path onlyFile;

    /** What was asked for; the given mode if nothing was. */
    Mode mode(Mode otherwise) {
        boolean keys = !only.isEmpty() || onlyFile != null;
        if (!only.isEmpty() && onlyFile != null) {
            throw new UsageException("--only and --only-file are both given: give one of them");
        } else if (keys && mode != null && mode != Mode.ONLY) {
            throw new UsageException("keys are named, but --mode is " + mode + ": leave --mode out");
        } else if (mode == Mode.ONLY && !keys) {
            throw new UsageException("--mode only needs --only KEY,... or --only-file FILE");
        } else if (keys) {
            return Mode.ONLY;
        }
        return mode == null ? otherwise : mode;
    }

    /** The job's mode, of a mode that is not {@link Mode#ASK}. */
    JobMode jobMode(Mode decided) {
        return decided == Mode.ONLY && onlyFile != null ? JobMode.only(onlyFile) : decided.jobMode(only);
    }
}

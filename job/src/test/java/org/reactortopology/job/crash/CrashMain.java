package org.reactortopology.job.crash;

import java.nio.file.Path;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.crash.CrashTopology.Params;
import org.reactortopology.job.crash.CrashTopology.Shape;
import org.reactortopology.multiprocess.MultiProcessExecutor;

/** Resumes a job to its end, or runs it again; tells on standard output when it is about to begin, and of each outcome. Killed by {@link CrashResumeTest}. */
public final class CrashMain {

    /** The line that tells that the job is about to begin. */
    static final String READY = "ready";

    /** The line that tells of an outcome. */
    static final String OUTCOME = "outcome";

    private CrashMain() {}

    /** Job directory, output directory, shape, items, executor, mode. */
    public static void main(String[] args) {
        Params params = new Params(Shape.valueOf(args[2]), Path.of(args[1]), Long.parseLong(args[3]));
        Topology<Long> topology = Topology.from(CrashTopology.class, params);
        System.out.println(READY);
        Job.in(Path.of(args[0]))
                .mode(args[5].equals("RECOMPUTE") ? JobMode.RECOMPUTE : JobMode.RESUME)
                .on(executor(args[4]))
                .run(topology)
                .outcomes()
                .doOnNext(outcome -> System.out.println(OUTCOME))
                .blockLast();
    }

    static TopologyExecutor executor(String name) {
        return switch (name) {
            case "sequential" -> SequentialExecutor.create();
            case "parallel" -> ParallelExecutor.threads(2);
            default ->
                MultiProcessExecutor.builder()
                        .workers(2)
                        .noArchive() // of classes that are gone after the test
                        .jvmOption("-D" + CrashTopology.INCARNATION + "="
                                + System.getProperty(CrashTopology.INCARNATION, "?")) // workers write the files
                        .build();
        };
    }
}

package org.reactortopology.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.AtomicFiles;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobPlan;

/** The README's job. */
class ReadmeJobTest {

    @TempDir
    Path directory;

    @Test
    void whatIsDoneIsNotDoneAgain() {
        Path out = directory;
        // readme:begin
        Topology<Path> squares = Topology.named("squares")
                .source("numbers", Series.range(0, 100, 1))
                .map("square", cpu((Long n) -> n * n))
                .map("write", io((Long square) -> {
                    Path file = out.resolve(square + ".txt");
                    AtomicFiles.write(
                            file, temporary -> Files.writeString(temporary, square + "\n")); // whole or not at all
                    return file;
                }))
                .build();
        Job job = Job.in(out.resolve("job")).mode(JobMode.RESUME); // begins it, or goes on with what is not done
        TopologyExecutor executor = job.on(ParallelExecutor.create()); // or any other
        TopologyRun<Path> run = executor.run(squares);
        List<Outcome<Path>> outcomes = run.outcomes().collectList().block(); // each is on disk before you see it
        Explanation why = job.explain("42"); // done when and where, or failed why, and whether a resume runs it
        JobPlan plan = job.plan(squares); // what a resume would run and skip, without running
        // readme:end

        assertThat(outcomes).hasSize(100).allMatch(Outcome.Done.class::isInstance);
        run.report().block(Duration.ofMinutes(1));
        assertThat(why.why()).contains("done");
        assertThat(plan.run()).hasValue(0);
        assertThat(plan.skip()).hasValue(100);

        List<Outcome<Path>> again = Objects.requireNonNull(
                executor.run(squares).outcomes().collectList().block());
        assertThat(again).hasSize(100).allMatch(Outcome.Skipped.class::isInstance);
    }
}

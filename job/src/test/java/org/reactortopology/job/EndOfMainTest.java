package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.RunReport;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class EndOfMainTest {

    @TempDir
    Path directory;

    @Test
    void aProgramThatEndsBehindTheLastOutcomeLeavesAClosedDirectory() throws Exception {
        Path log = directory.resolve("process.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        directory.resolve("job").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Job.in(directory.resolve("job")).status().state()).isEqualTo(JobStatus.State.COMPLETED);
        assertThat(directory.resolve("job/report.html")).exists();
        assertThat(directory.resolve("job/lock")).doesNotExist();
    }

    /** The threads and processes of its run take longer to end than the last signal waits for: until its main thread has ended. */
    static final class Program {

        public static void main(String[] args) {
            Topology<Long> topology = Topology.named("numbers")
                    .source("numbers", Series.range(0, 3, 1))
                    .map("work", cpu((Long n) -> n))
                    .build();
            Job.in(Path.of(args[0]))
                    .on(new Late(Thread.currentThread()))
                    .run(topology)
                    .outcomes()
                    .blockLast();
        }
    }

    private record Late(Thread main) implements TopologyExecutor {

        @Override
        @SuppressWarnings("unchecked") // it is the run but for its report
        public <O> TopologyRun<O> run(Topology<O> topology) {
            TopologyRun<O> run = SequentialExecutor.create().run(topology);
            Mono<RunReport> report = run.report()
                    .publishOn(Schedulers.boundedElastic())
                    .flatMap(told -> Mono.fromCallable(() -> {
                        main.join();
                        return told;
                    }));
            return (TopologyRun<O>) Proxy.newProxyInstance(
                    Late.class.getClassLoader(),
                    new Class<?>[] {TopologyRun.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("report") ? report : method.invoke(run, arguments));
        }
    }
}

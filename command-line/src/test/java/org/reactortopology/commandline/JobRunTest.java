package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.test.LeakCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands over real job directories. */
@Timeout(120)
class JobRunTest {

    /** Numbers of which number 3 fails while the file is there. */
    record Numbers(long to, Path failing) {}

    static final class NumbersFactory implements TopologyFactory<Numbers, Long> {
        @Override
        public Topology<Long> create(Numbers numbers) {
            return Topology.named("numbers of a test")
                    .source("numbers", Series.range(0, numbers.to(), 1))
                    .map("double", Work.io((Long n) -> doubled(n, numbers.failing())))
                    .build();
        }

        private static Long doubled(Long number, Path failing) {
            if (number == 3 && Files.exists(failing)) {
                throw new IllegalStateException("3 is refused");
            }
            return 2 * number;
        }
    }

    @TempDir
    Path temporary;

    private final Calls calls = new Calls();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aJobIsRunExplainedAndResumedByTheExecutorThatItWasBegunWith() throws IOException {
        Path failing = Files.createFile(temporary.resolve("failing"));

        assertThat(run("--executor", "parallel", "--threads", "2")).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(calls.out()).startsWith("numbers of a test: 9 done, 1 failed, 0 skipped in ");
        assertThat(calls.err()).contains("work 'double' failed for key '3': 3 is refused");
        assertThat(calls.call("status", job())).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(calls.out()).contains("10 of 10 (100 %)", "9 done, 1 failed; parallel --threads 2; pid ");
        assertThat(calls.call("failures", job())).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(calls.out()).contains("3 is refused");
        assertThat(calls.call("explain", job(), "3")).isZero();
        assertThat(calls.call("explain", job(), "99")).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(calls.call("plan", job())).isZero();
        assertThat(calls.out()).startsWith("resume would run 1 item and skip 9 items");

        Files.delete(failing);
        assertThat(calls.call("resume", job(), "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(calls.out());
        assertThat(json.at("/counts/done").longValue()).isEqualTo(1);
        assertThat(json.at("/counts/skipped").longValue()).isEqualTo(9);
        assertThat(calls.call("status", job())).isZero();
        assertThat(calls.out()).contains("run 2 (resume)", "10 done; parallel --threads 2; pid ");
    }

    @Test
    void aDirectoryThatHasAJobIsRefusedUnlessTheModeSaysWhatToDo() {
        assertThat(run("--executor", "sequential")).isZero();

        assertThat(run("--executor", "sequential")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEmpty();
        assertThat(calls.err()).contains("job");
        assertThat(run("--executor", "sequential", "--mode", "recompute")).isZero();
        assertThat(calls.out()).contains("10 done, 0 failed, 0 skipped");
        assertThat(run("--executor", "sequential", "--only", "2,5")).isZero();
        assertThat(calls.out()).contains("2 done, 0 failed, 8 skipped");
    }

    @Test
    void aNewJobTakesTheNextDirectoryAndSaysWhich() {
        assertThat(run("--executor", "sequential", "--mode", "new")).isZero();
        assertThat(run("--executor", "sequential", "--mode", "new")).isZero();

        assertThat(calls.out().strip()).endsWith("job: " + job() + "-2");
        assertThat(run("--executor", "sequential", "--mode", "new", "--json")).isZero();
        assertThat(calls.json().get("directory").stringValue()).isEqualTo(job() + "-3");
        assertThat(temporary.resolve("job-2").resolve("ledger.db")).exists();
    }

    @Test
    void aChangedParameterIsRefusedWithTheDifference() {
        assertThat(run("--executor", "sequential")).isZero();

        int exitCode = calls.call(
                "run",
                NumbersFactory.class.getName(),
                "--param",
                "to=11",
                "--param",
                "failing=" + temporary.resolve("failing"),
                "--job",
                job(),
                "--mode",
                "resume",
                "--executor",
                "sequential");

        assertThat(exitCode).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.err()).contains("to: 10 -> 11", "--allow-changes");
    }

    @Test
    void whatAPersonAnswersIsDone() {
        assertThat(run("--executor", "sequential")).isZero();
        calls.columns(80).answering("resume\n");

        assertThat(run("--executor", "sequential", "--mode", "ask")).isZero();

        assertThat(calls.err()).contains("numbers of a test: completed", "[r]esume");
        assertThat(calls.out()).contains("0 done, 0 failed, 10 skipped");
    }

    @Test
    void askingNeedsNoAnswerWhereThereIsNoJob() {
        assertThat(run("--executor", "sequential", "--mode", "ask")).isZero();
    }

    @Test
    void aRunOfSomeKeysIsNotTheWholeJob() {
        assertThat(run("--executor", "sequential", "--only", "2,5")).isZero();

        assertThat(calls.call("status", job())).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(calls.out()).contains("2 of 10 (20 %)", "go on: reactor-topology resume ");
        assertThat(calls.call("resume", job())).isZero();
        assertThat(calls.call("status", job())).isZero();
    }

    @Test
    void relativePathsAreRecordedAsAbsoluteOnes() throws IOException {
        Path failing = Files.createFile(temporary.resolve("failing"));
        Path relative = Path.of("").toAbsolutePath().relativize(failing);

        int exitCode = calls.call(
                "run",
                NumbersFactory.class.getName(),
                "--param",
                "to=10",
                "--param",
                "failing=" + relative,
                "--job",
                job(),
                "--executor",
                "sequential");

        assertThat(exitCode).isEqualTo(ExitCodes.SOME_FAILED);
        JsonNode description =
                JsonMapper.shared().readTree(temporary.resolve("job/job.json").toFile());
        assertThat(description.at("/parameters/failing").stringValue())
                .isEqualTo(relative.toAbsolutePath().toString());
    }

    @Test
    void aFactoryThatThrowsInAResumeIsRefusedInWords() throws IOException {
        Path there = Files.createFile(temporary.resolve("there"));
        String[] arguments = {
            "run",
            DemandingFactory.class.getName(),
            "--param",
            "file=" + there,
            "--job",
            job(),
            "--executor",
            "sequential"
        };
        assertThat(calls.call(arguments)).isZero();
        Files.delete(there);

        assertThat(calls.call("resume", job())).isEqualTo(ExitCodes.USAGE);

        assertThat(calls.err().lines()).singleElement().asString().contains("is not there", "refuses");
    }

    /** A factory that reads a file. */
    record Demand(Path file) {}

    static final class DemandingFactory implements TopologyFactory<Demand, Long> {
        @Override
        public Topology<Long> create(Demand demand) {
            if (!Files.exists(demand.file())) {
                throw new IllegalStateException(demand.file() + " is not there");
            }
            return Topology.named("demanding")
                    .source("numbers", Series.range(0, 1, 1))
                    .map("same", Work.cpu((Long n) -> n))
                    .build();
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsBroken() throws IOException {
        assertThat(run("--executor", "sequential")).isZero();
        Path page = temporary.resolve("job/report.html");
        Files.delete(page);
        Files.createFile(Files.createDirectory(page).resolve("in-the-way"));

        assertThat(calls.call("report", job())).isEqualTo(ExitCodes.BROKEN);

        assertThat(calls.err().lines()).singleElement().asString().contains("cannot be written");
    }

    @Test
    void aJobThatCannotBeBegunIsOneLine() throws IOException {
        Files.createFile(Files.createDirectory(temporary.resolve("job")).resolve("logs"));

        assertThat(run("--executor", "sequential")).isEqualTo(ExitCodes.USAGE);

        assertThat(calls.err().lines()).singleElement().asString().contains("cannot be begun", "logs");
    }

    @Test
    void refusalsNameTheOptionsOfTheCommandLine() {
        assertThat(run("--executor", "sequential")).isZero();

        assertThat(run("--executor", "sequential")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.err()).contains("--mode resume", "--mode recompute", "--mode new", "JobMode.RESUME");
        assertThat(calls.call("status", temporary.resolve("none").toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.err()).contains("run FACTORY --job DIR");
    }

    @Test
    void aBarEndsAtTheLastCounts() {
        calls.columns(80);

        assertThat(run("--executor", "sequential")).isZero();

        assertThat(calls.drawn().stripTrailing()).contains("100%").contains("10/10 items");
    }

    private int run(String... options) {
        String[] arguments = {
            "run",
            NumbersFactory.class.getName(),
            "--param",
            "to=10",
            "--param",
            "failing=" + temporary.resolve("failing"),
            "--job",
            job()
        };
        String[] all = Stream.of(arguments, options).flatMap(Arrays::stream).toArray(String[]::new);
        return calls.call(all);
    }

    private String job() {
        return temporary.resolve("job").toString();
    }
}

package org.reactortopology.job.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.job.JobException;

@Timeout(60)
class JobLockTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void begin() {
        file = directory.resolve("lock");
    }

    @Test
    void namesItsOwnerAndIsRemovedAtTheEnd() throws IOException {
        try (JobLock lock = JobLock.acquire(file)) {
            assertThat(Files.readString(file))
                    .contains(
                            "\"pid\" : " + ProcessHandle.current().pid(), "\"host\"", "\"processStart\"", "\"since\"");
            assertThat(lock).isNotNull();
        }
        assertThat(file).doesNotExist();
        JobLock.acquire(file).close();
    }

    @Test
    void thisProcessCannotTakeItTwice() throws IOException {
        try (JobLock lock = JobLock.acquire(file)) {
            assertThatThrownBy(() -> JobLock.acquire(directory.resolve("../" + directory.getFileName() + "/lock")))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("this process");
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aLivingProcessIsNamedAndADeadOneIsTakenOverFrom() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = owner.inputReader()) {
            String line = out.readLine();
            while (!"held".equals(line) && line != null) {
                line = out.readLine();
            }
            assertThat(line).isEqualTo("held");
            assertThatThrownBy(() -> JobLock.acquire(file))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining(
                            "process " + owner.pid() + " on " + Owner.self().host())
                    .hasMessageContaining("started ");
        } finally {
            owner.destroyForcibly();
        }
        assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(file).exists();

        JobLock.acquire(file).close();
    }

    /** Between opening and locking, the owner, which lives on, has given it back. */
    @Test
    void aFileThatItsOwnerHasRemovedMeanwhileIsTriedAgain() throws IOException {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        String living = "{\"host\": \"" + Owner.self().host() + "\", \"pid\": " + parent.pid()
                + ", \"processStart\": \"" + parent.info().startInstant().orElseThrow() + "\"}";
        Files.writeString(file, living);
        FileChannel opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(file);

        assertThat(JobLock.tryTake(file, opened)).isNull();
        assertThat(opened.isOpen()).isFalse();

        Files.writeString(file, living);
        assertThatThrownBy(() -> JobLock.acquire(file)).isInstanceOf(JobException.class);
    }

    @Test
    void anotherMachineCannotBeJudged() throws IOException {
        Files.writeString(file, "{\"host\": \"elsewhere\", \"pid\": 1, \"processStart\": \"2026-01-01T00:00:00Z\"}");

        assertThatThrownBy(() -> JobLock.acquire(file))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("process 1 on elsewhere")
                .hasMessageContaining("remove the file '" + file + "'");
        assertThat(file).exists();
    }

    @Test
    void anotherProcessWithTheNumberOfADeadOneIsNotTakenForIt() throws IOException {
        Files.writeString(
                file,
                "{\"host\": \"" + Owner.self().host() + "\", \"pid\": "
                        + ProcessHandle.current()
                                .parent()
                                .map(ProcessHandle::pid)
                                .orElse(1L)
                        + ", \"processStart\": \"2001-01-01T00:00:00Z\"}");

        JobLock.acquire(file).close();
    }

    @Test
    void aLockThatWasCutWhileItWasWrittenIsTakenOver() throws IOException {
        Files.writeString(file, "{\"host\": \"" + Owner.self().host());

        JobLock.acquire(file).close();
    }

    /** Takes the lock and waits to be killed. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (JobLock lock = JobLock.acquire(Path.of(args[0]))) {
                System.out.println("held");
                System.out.flush();
                int ended = System.in.read(); // until the parent closes it or dies
                System.out.println(lock + " " + ended);
            }
        }
    }
}

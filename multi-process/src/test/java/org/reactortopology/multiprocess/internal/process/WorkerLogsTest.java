package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;

/** Logs that begin in one place and are wanted in another. */
@Timeout(60)
class WorkerLogsTest {

    @TempDir
    Path directory;

    @Test
    void aLogIsCalledWhatItIsCalledNowAlsoWhenTheFirstPlaceIsGone() throws Exception {
        Path early = Files.createDirectory(directory.resolve("early"));
        Path here = directory.resolve("here");
        WorkerLogs logs = WorkerLogs.in(early);
        WorkerProcess process = WorkerProcess.start(List.of("sh", "-c", "echo first; read line; echo last"), 3, logs);
        assertThat(process.log()).isEqualTo(early.resolve("worker-003.log"));

        logs.moveTo(here);
        SocketDirectory.remove(early);
        process.handOver(new byte[1]);

        assertThat(process.ending().block(Duration.ofSeconds(30)).log())
                .contains(here.resolve("worker-003.log").toString(), "first", "last");
        assertThat(process.log()).isEqualTo(here.resolve("worker-003.log"));
    }

    @Test
    void allStayWhereTheyAreIfOneCannotBeHadThere() throws IOException {
        Path early = Files.createDirectory(directory.resolve("early"));
        Path here = Files.createDirectory(directory.resolve("here"));
        WorkerLogs logs = WorkerLogs.in(early);
        for (int worker = 0; worker < 3; worker++) {
            Files.createFile(logs.file(worker));
        }
        Files.createFile(Files.createDirectory(here.resolve("worker-001.log")).resolve("in the way"));

        assertThatThrownBy(() -> logs.moveTo(here)).isInstanceOf(IOException.class);

        assertThat(logs.file(1)).isEqualTo(early.resolve("worker-001.log"));
        assertThat(here.resolve("worker-000.log")).doesNotExist();
        assertThat(here.resolve("worker-002.log")).doesNotExist();
    }
}

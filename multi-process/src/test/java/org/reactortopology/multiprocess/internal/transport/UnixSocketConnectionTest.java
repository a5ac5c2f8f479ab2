package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class UnixSocketConnectionTest extends SocketConnectionContract {

    private Path directory;

    @Override
    Address address() throws Exception {
        directory = Files.createTempDirectory("rt");
        return new Address.Unix(directory.resolve("s"));
    }

    @AfterEach
    void removeDirectory() throws Exception {
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
        assertThat(directory).doesNotExist();
    }
}

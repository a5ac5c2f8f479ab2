package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reactortopology.multiprocess.internal.transport.Address;

class SocketGreeterTest extends SocketGreeterContract {

    private Path directory;

    @Override
    Address address() throws IOException {
        directory = Files.createTempDirectory("rt");
        return new Address.Unix(directory.resolve("s"));
    }

    @Override
    void stop() throws Exception {
        super.stop();
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }
}

package org.reactortopology.test;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The workers of this JVM as anyone on the machine sees them: child processes and sockets. */
final class Workers {

    private static final String PREFIX = "rtopology-" + ProcessHandle.current().pid() + "-";

    private Workers() {}

    /** Child processes that were started with an argument file in a directory of workers, by pid. */
    static List<ProcessHandle> alive() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.isAlive() && isWorker(child))
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    /** Unix-domain sockets that workers connect to, by path. */
    static List<Path> sockets() {
        List<Path> sockets = new ArrayList<>();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : directories) {
                Path socket = directory.resolve("s");
                if (Files.exists(socket)) {
                    sockets.add(socket);
                }
            }
        } catch (IOException e) {
            return List.of(); // there is no such directory right now
        }
        sockets.sort(Comparator.naturalOrder());
        return sockets;
    }

    private static boolean isWorker(ProcessHandle child) {
        String[] arguments = child.info().arguments().orElse(new String[0]);
        return Stream.of(arguments).anyMatch(Workers::isArgumentFile);
    }

    private static boolean isArgumentFile(String argument) {
        if (!argument.startsWith("@")) {
            return false;
        }
        Path directory = Path.of(argument.substring(1)).getParent();
        return directory != null
                && directory.getFileName() != null
                && directory.getFileName().toString().startsWith(PREFIX);
    }
}

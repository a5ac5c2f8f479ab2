package org.reactortopology.test;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.stream.Stream;

/** A gate that works of any process wait at until the test opens it: a file that is there or not. Thread-safe. */
final class FileGate {

    private static final String OPEN = "open";
    private static final String WAITING = "waiting-";

    private final Path directory;

    /** A gate in that directory, which is there. */
    FileGate(Path directory) {
        this.directory = directory;
    }

    /** Waits until the gate is open; an interrupt ends that. */
    void pass(String key) throws IOException, InterruptedException {
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, ENTRY_CREATE);
            Files.createFile(directory.resolve(WAITING + key));
            while (!Files.exists(directory.resolve(OPEN))) {
                WatchKey changes = watch.take();
                changes.pollEvents();
                changes.reset();
            }
        }
    }

    /** Lets all pass. */
    void open() {
        try {
            Files.createFile(directory.resolve(OPEN));
        } catch (FileAlreadyExistsException e) {
            // it is open
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many have come to the gate so far. */
    long arrivals() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(WAITING))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the logs and crash reports of workers are. Workers that are started before the run that they are for is known are told a private place; when it is
 * known, what they write gets a second name where the run has its logs, if the file system has second names and both places are on it; a crash report, which
 * is not there before, is copied. So the private place may be removed at any time, and no log is lost. Thread-safe. Blocks.
 */
final class WorkerLogs {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLogs.class);

    /** Guarded by this, like the one below. */
    private Path directory;

    /** A directory that was made for this and nothing else, or null. */
    private @Nullable Path own;

    private WorkerLogs(Path directory, @Nullable Path own) {
        this.directory = directory;
        this.own = own;
    }

    /** In that directory, which is made if it is not there; null makes a temporary one. */
    static WorkerLogs in(@Nullable Path directory) throws IOException {
        if (directory != null) {
            return new WorkerLogs(Files.createDirectories(directory), null);
        }
        Path made = Files.createTempDirectory("reactor-topology-logs-");
        return new WorkerLogs(made, made);
    }

    synchronized Path directory() {
        return directory;
    }

    /** What the worker of that number is to write to standard output and error. */
    synchronized Path file(int worker) {
        return directory.resolve(String.format(Locale.ROOT, "worker-%03d.log", worker));
    }

    /** The option that says where a JVM leaves its crash report. */
    synchronized String crashReports() {
        return "-XX:ErrorFile=" + directory.toString().replace("%", "%%") + "/hs_err_%p.log";
    }

    /**
     * From now on they are there, those of workers that run included; null makes a temporary directory.
     *
     * @throws IOException if one cannot have a second name there: they are all where they were
     */
    synchronized void moveTo(@Nullable Path other) throws IOException {
        WorkerLogs there = in(other);
        List<Path> named = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "worker-*.log")) {
            for (Path log : logs) {
                named.add(secondName(log, there.directory));
            }
        } catch (IOException | DirectoryIteratorException e) {
            for (Path name : named) {
                Files.deleteIfExists(name);
            }
            there.remove();
            throw e instanceof DirectoryIteratorException iteration ? iteration.getCause() : (IOException) e;
        }
        directory = there.directory;
        own = there.own;
    }

    private static Path secondName(Path log, Path where) throws IOException {
        Path name = where.resolve(log.getFileName());
        Files.deleteIfExists(name); // of an earlier run
        try {
            return Files.createLink(name, log);
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system has no second names", e);
        }
    }

    /** Where the crash report of a worker that has ended is to be found from now on, if it has left one. */
    synchronized Path settled(Path file) {
        Path name = directory.resolve(String.valueOf(file.getFileName()));
        if (name.equals(file) || !Files.exists(file)) {
            return file;
        }
        try {
            Files.copy(file, name, StandardCopyOption.REPLACE_EXISTING);
            return name;
        } catch (IOException e) {
            LOG.warn("{} cannot be kept as {}: {}", file, name, e.toString());
            return file;
        }
    }

    /** Removes a directory that was made here. */
    synchronized void remove() {
        if (own != null) {
            SocketDirectory.remove(own);
        }
    }
}

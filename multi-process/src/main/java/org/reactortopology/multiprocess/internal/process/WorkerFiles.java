package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * The files that workers share with this JVM: socket, argument file and boxes in a private directory, logs in another. Blocks.
 *
 * @param logs where workers' logs are
 * @param archive where workers have their classes from, if there is or can be one
 * @param claims memory for large values, if that is wanted
 */
record WorkerFiles(
        SocketDirectory directory,
        WorkerLogs logs,
        WorkerCommand command,
        Optional<WorkerArchive> archive,
        Optional<ClaimFiles> claims) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerFiles.class);

    /**
     * Makes the directories and the argument file.
     *
     * @param ahead whether it is not known yet where logs are to be: they are in the private directory until then
     * @param logDirectory where they are otherwise; null makes a temporary directory
     * @throws WorkerStartException if a directory or file cannot be written
     */
    static WorkerFiles create(ProcessSettings settings, boolean ahead, @Nullable Path logDirectory) {
        SocketDirectory directory = null;
        try {
            directory = SocketDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));
            WorkerCommand command = WorkerCommand.write(directory.arguments(), settings.share(), settings.jvmOptions());
            WorkerLogs logs = WorkerLogs.in(ahead ? directory.path() : logDirectory);
            Optional<WorkerArchive> archive =
                    settings.archive().flatMap(place -> WorkerArchive.in(place, settings.jvmOptions()));
            Path otherwise = directory.path();
            // elsewhere a file that is mapped cannot be removed
            boolean posix =
                    otherwise.getFileSystem().supportedFileAttributeViews().contains("posix");
            Optional<ClaimFiles> claims =
                    settings.claims().filter(wanted -> posix).map(wanted -> ClaimFiles.create(wanted, otherwise));
            return new WorkerFiles(directory, logs, command, archive, claims);
        } catch (IOException e) {
            if (directory != null) {
                directory.remove();
            }
            throw new WorkerStartException("workers cannot be started: " + e, e);
        }
    }

    /** The command of the worker of that number, with these options first; makes its box. */
    List<String> command(int worker, List<String> options, Address address, int maxBodyBytes) throws IOException {
        BlackBox.create(box(worker));
        return command.arguments(worker, options, address, maxBodyBytes, directory.path(), box(worker));
    }

    /** Where the worker of that number writes what it is busy with, and where that can be read when it has died. */
    Path box(int worker) {
        return directory.path().resolve("box-" + worker);
    }

    /** Removes them; logs only if nobody will want to read them. */
    void remove(boolean clean) {
        removeShared();
        if (clean) {
            logs.remove();
        }
    }

    /** Removes what only living workers need. */
    void removeShared() {
        claims.ifPresent(ClaimFiles::remove);
        directory.remove();
    }

    /** Removes a file, on a thread that may wait. */
    static void delete(Path file) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} is left until its directory is removed", file, e);
            }
        });
    }
}

package org.reactortopology;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files that appear whole or not at all.
 *
 * <p>The content goes to a temporary file beside the target, is forced to the disk and then renamed over the target in
 * one step, which is forced to the disk, too, where the system can. A reader, or a run that resumes after a crash, therefore sees the old file, the new file or none, never a
 * part. A process killed in between leaves a file {@code .<name>.<random>.tmp}, which no later run takes for a result.
 *
 * <p>Safe for any number of threads and processes. When two write the same target, the last rename wins.
 */
public final class AtomicFiles {

    /** So that the temporary name stays below 255 bytes, the usual limit of a file system, for any target name. */
    private static final int MAX_NAME_PART = 100;

    private static final Logger LOG = LoggerFactory.getLogger(AtomicFiles.class);

    private AtomicFiles() {}

    /** Writes the content of one file; called once, in the calling thread. */
    @FunctionalInterface
    public interface Writer {

        /**
         * Creates the file and writes all of it.
         *
         * @param temporary path to write to; its directory exists, the file itself does not yet
         * @throws IOException if it cannot be written; the temporary file is then removed
         */
        void write(Path temporary) throws IOException;
    }

    /**
     * Writes {@code target} through a temporary file beside it, replacing a file of that name.
     *
     * @param target the file to write; its directory exists
     * @param action writes the content
     * @throws IOException if {@code action} fails, creates no file, or the file cannot be forced or renamed. What it or
     *     any unchecked exception leaves behind is removed and an earlier {@code target} stays as it was.
     */
    public static void write(Path target, Writer action) throws IOException {
        Path temporary = temporaryFor(target);
        try {
            action.write(temporary);
            force(temporary);
            rename(temporary, target);
            forceDirectoryOf(target);
        } catch (IOException | RuntimeException | Error failure) {
            removeAfter(failure, temporary);
            throw failure;
        }
    }

    private static Path temporaryFor(Path target) {
        Path fileName = target.getFileName();
        if (fileName == null) {
            throw new IllegalArgumentException(
                    "target '" + target + "' has no file name; give the path of a file, such as 'out/mean.h5'");
        }
        String name = fileName.toString();
        String part = name.substring(0, Math.min(name.length(), MAX_NAME_PART));
        return target.resolveSibling("." + part + "." + UUID.randomUUID() + ".tmp");
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** So that the new name is there after the power was cut; some systems, such as Windows, cannot do it and need not. */
    private static void forceDirectoryOf(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) { // the file is there; nobody can do more for it
            LOG.debug("the directory '{}' cannot be forced to the disk", directory, e);
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "cannot write '" + target + "': its file system has no atomic rename (" + e.getReason()
                            + "), without which a crash could leave half a file; choose an output directory on a local"
                            + " disk",
                    e);
        }
    }

    private static void removeAfter(Throwable failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}

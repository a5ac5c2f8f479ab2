package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.claim.ClaimSettings;
import org.reactortopology.multiprocess.internal.claim.Segment;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that workers share with this JVM for large values: a file for each, in a private directory in memory if the machine has such a place. A file has its
 * name only until its worker has mapped it: from then on the operating system takes the memory back when both processes are gone, however they went. Blocks.
 */
final class ClaimFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimFiles.class);

    /** Where Linux has files in memory. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /** A worker's memory. */
    record Shared(Segment segment, Path file, int threshold) {

        /** What tells the worker of it. */
        List<String> arguments() {
            return List.of(file.toString(), Integer.toString(threshold));
        }
    }

    private final ClaimSettings settings;
    private final Path directory;

    /** Made here, or null if it is another's. */
    private final @Nullable SocketDirectory own;

    private ClaimFiles(ClaimSettings settings, Path directory, @Nullable SocketDirectory own) {
        this.settings = settings;
        this.directory = directory;
        this.own = own;
    }

    /** In a directory in memory, or else in {@code otherwise}, which is private. */
    static ClaimFiles create(ClaimSettings settings, Path otherwise) {
        if (Files.isDirectory(IN_MEMORY) && Files.isWritable(IN_MEMORY)) {
            try {
                SocketDirectory own = SocketDirectory.create(IN_MEMORY);
                return new ClaimFiles(settings, own.path(), own);
            } catch (IOException e) {
                LOG.debug("no directory in {}", IN_MEMORY, e);
            }
        }
        return new ClaimFiles(settings, otherwise, null);
    }

    /** Where they are. */
    Path directory() {
        return directory;
    }

    /** Memory for the worker of that number, or null if there is none: its values go through the socket then. */
    @Nullable
    Shared share(int worker) {
        Path file = directory.resolve("claims-" + worker);
        try {
            Segment segment = Segment.create(file, settings.capacity());
            return new Shared(segment, file, settings.threshold());
        } catch (IOException e) {
            LOG.warn("worker {} gets no shared memory, so its large values go through the socket", worker, e);
            return null;
        }
    }

    /** The worker has mapped it, or never will. */
    static void hide(Shared shared) {
        WorkerFiles.delete(shared.file());
    }

    /** Nobody reads or writes it any more: the worker has ended, or was never started, and no run has it. */
    static void discard(Shared shared) {
        hide(shared);
        shared.segment().discard();
    }

    /** Removes the names. The memory itself may still be in use: a run may be about to read what its worker left there. */
    void remove() {
        if (own != null) {
            own.remove();
        }
    }
}

package org.reactortopology.commandline.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactortopology.spi.Compilers;
import org.reactortopology.spi.UserCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of classes (JEP 350) from which the commands that a launcher starts load their classes. The launcher says where it is missing; the first
 * command that has run a topology writes it at its end, when all that a user waits for is written.
 */
public final class CommandArchive {

    /** Names the file to write. The JVM must have been started with {@code -XX:+RecordDynamicDumpInfo}. */
    public static final String PROPERTY = "org.reactortopology.commandArchive";

    private static final Logger LOG = LoggerFactory.getLogger(CommandArchive.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /** Whether the classes of a run are loaded; those of a command that only reads are not worth an archive. */
    private static final AtomicBoolean WORTHWHILE = new AtomicBoolean();

    private CommandArchive() {}

    /** A topology is run by this process. */
    public static void worthwhile() {
        WORTHWHILE.set(true);
    }

    /** Writes it if it is missing and would be of use; never fails. Blocks for the second or so that this takes. Called once, when nothing is left to print. */
    public static void writeIfMissing() {
        String asked = System.getProperty(PROPERTY);
        if (asked != null && WORTHWHILE.get()) {
            try {
                write(Path.of(asked));
            } catch (IOException | RuntimeException e) { // the next command tries again
                LOG.debug("the archive of classes {} was not written", asked, e);
            }
        }
    }

    private static void write(Path file) throws IOException {
        Path directory = UserCache.secured(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory"));
        if (Compilers.mustBeIdleToArchive()) {
            Compilers.idle(PATIENCE).block();
        }
        Path written = directory.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            silently(() -> Compilers.diagnostic("vmCds", "dynamic_dump", written.toString()));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE); // over that of another command that was as quick
            LOG.debug("commands start from the archive of classes {} from now on", file);
        } finally {
            Files.deleteIfExists(written);
            removeAbandoned(directory, file.getFileName() + ".*");
        }
    }

    /** What commands that were killed while they wrote have left, under this name or the JDK's own for it. */
    private static void removeAbandoned(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            for (Path entry : entries) {
                if (Files.getLastModifiedTime(entry)
                        .toInstant()
                        .isBefore(Instant.now().minus(ABANDONED))) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /** The JDK prints what it has written, in the midst of what the command has printed for other programs. */
    private static void silently(Runnable writing) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            writing.run();
        } finally {
            System.setOut(out);
        }
    }
}

package org.reactortopology.commandline.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** An archive that is still used is written again by the next command. */
    private static final Duration STALE = Duration.ofDays(30);

    /** Whether the classes of a run are loaded; those of a command that only reads are not worth an archive. */
    private static final AtomicBoolean WORTHWHILE = new AtomicBoolean();

    private CommandArchive() {}

    /** A topology is about to be run by this process. */
    public static void worthwhile() {
        WORTHWHILE.set(true);
    }

    /**
     * Writes it if it is missing, or older than this process, and would be of use; never fails. Blocks for the second or so that this takes. Called once, when
     * nothing is left to print.
     */
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
        if (Files.exists(file) && lastWritten(file).isAfter(started())) {
            return; // by another command
        }
        removeAbandoned(directory, file.getFileName() + ".");
        if (Compilers.mustBeIdleToArchive()) {
            Compilers.idle(PATIENCE).block();
        }
        Path written = directory.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            silently(() -> Compilers.diagnostic("vmCds", "dynamic_dump", quoted(written)));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE); // over that of another command that was as quick
            LOG.debug("commands start from the archive of classes {} from now on", file);
        } finally {
            Files.deleteIfExists(written);
        }
        removeStale(directory, file);
    }

    /** The arguments of a diagnostic command become one line, which is parted at blanks and equals signs. */
    private static String quoted(Path path) {
        return "\"" + path + "\"";
    }

    private static Instant started() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private static Instant lastWritten(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private static boolean isOlder(Path file, Duration age) throws IOException {
        return lastWritten(file).isBefore(Instant.now().minus(age));
    }

    /**
     * What commands that were killed while they wrote have left, under this name or the JDK's own for it: the number of the process stands behind the prefix.
     * A number may belong to another process meanwhile.
     */
    private static void removeAbandoned(Path directory, String prefix) throws IOException {
        for (Path entry : entries(directory, prefix, "")) {
            if (!isAlive(entry.getFileName().toString().substring(prefix.length())) || isOlder(entry, ABANDONED)) {
                Files.deleteIfExists(entry);
            }
        }
    }

    /** Whether what begins with the number of a process is of one that lives; nobody's is not known to be dead. */
    private static boolean isAlive(String behindPrefix) {
        Matcher number = NUMBER.matcher(behindPrefix);
        return !number.lookingAt()
                || ProcessHandle.of(Long.parseLong(number.group())).isPresent();
    }

    /** Archives of other jars and JDKs, whose names differ from this one's behind the last hyphen. */
    private static void removeStale(Path directory, Path file) throws IOException {
        String name = file.getFileName().toString();
        String prefix = name.substring(0, name.lastIndexOf('-') + 1);
        if (!prefix.isEmpty()) {
            for (Path entry : entries(directory, prefix, name.substring(name.lastIndexOf('.') + 1))) {
                if (isOlder(entry, STALE)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    private static List<Path> entries(Path directory, String prefix, String suffix) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(suffix);
                    })
                    .toList();
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

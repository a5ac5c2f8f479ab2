package org.reactortopology.job.internal.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keeps a job directory to one run. The file names its owner, for people and for the judgement whether it lives; while that judgement is made, and for the
 * life of the run, the operating system keeps others out as well. The system's lock alone does not do: it is lost when anything in this process closes
 * the same file, and some network file systems have none.
 */
public final class JobLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobLock.class);
    private static final int TRIES = 10;

    /** Behind all content, because some systems let nobody read what is locked. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int LONGEST = 64 * 1024;

    /** Files that runs of this process hold. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path held;
    private final FileChannel channel;

    private JobLock(Path file, Path held, FileChannel channel) {
        this.file = file;
        this.held = held;
        this.channel = channel;
    }

    /**
     * Takes the lock. Its directory exists. Does not wait.
     *
     * @throws JobException if a living process has it, this one included, or one of another machine
     */
    public static JobLock acquire(Path file) throws IOException {
        Path held = directoryOf(file).toRealPath().resolve(String.valueOf(file.getFileName()));
        if (!HELD.add(held)) {
            throw inUse(file, Owner.self() + ", which is this process");
        }
        try {
            for (int i = 0; i < TRIES; i++) {
                FileChannel channel = tryAcquire(file);
                if (channel != null) {
                    return new JobLock(file, held, channel);
                }
            }
            throw inUse(file, "processes that come and go");
        } catch (IOException | RuntimeException e) {
            HELD.remove(held);
            throw e;
        }
    }

    private static @Nullable FileChannel tryAcquire(Path file) throws IOException {
        return tryTake(
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Null, and closed, if the file was removed by the one who had it, after it was opened. */
    static @Nullable FileChannel tryTake(Path file, FileChannel channel) throws IOException {
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            String former = content(channel);
            if (!mayTake(file, former, lock != null) || lock == null) {
                return null; // it has just been given back, or its owner has not yet written its name
            }
            String content = write(channel);
            taken = isThere(file, content) && relock(channel, lock);
            return taken ? channel : null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** False if it names one who may live, but has removed it since. */
    private static boolean mayTake(Path file, String former, boolean free) {
        try {
            judge(file, former, free);
            return true;
        } catch (JobException e) {
            if (free && !isThere(file, former)) {
                return false;
            }
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) { // this class, loaded a second time
            return null;
        }
    }

    /** Returns if nobody who lives is named. */
    private static void judge(Path file, String content, boolean free) {
        Owner owner = owner(content);
        if (owner == null) {
            if (free && !content.isBlank()) {
                LOG.warn("the lock '{}' named nobody: its owner died while it wrote its name; taken over", file);
            }
        } else if (!owner.isHere()) {
            throw new JobException("the job directory '" + directoryOf(file) + "' is locked by " + owner
                    + ", another machine, so whether it lives cannot be told from "
                    + Owner.self().host()
                    + ": see to it that it does not run, remove the file '" + file + "' and try again");
        } else if (!owner.isSelf() && owner.lives()) {
            throw inUse(file, owner.toString());
        } else if (free) {
            LOG.info("the lock '{}' is taken over from {}, which is dead", file, owner);
        }
    }

    private static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
    }

    private static JobException inUse(Path file, String owner) {
        return new JobException("the job directory '" + directoryOf(file) + "' is in use by " + owner
                + ": wait for its end, or end it; its lock is '" + file + "'");
    }

    private static String write(FileChannel channel) throws IOException {
        Owner self = Owner.self();
        String content = JsonFiles.MAPPER
                        .createObjectNode()
                        .put("host", self.host())
                        .put("pid", self.pid())
                        .put("processStart", self.processStart().toString())
                        .put("since", Instant.now().toString())
                        .put("id", UUID.randomUUID().toString())
                        .toPrettyString()
                + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        channel.force(true);
        return content;
    }

    /** Whether what was locked is still what others find under the name, rather than a file that its owner removed meanwhile. */
    private static boolean isThere(Path file, String content) {
        try {
            return Files.readString(file).equals(content);
        } catch (IOException e) { // gone
            return false;
        }
    }

    /** To close the file after reading has given the lock back on some systems. From now on the name in it keeps others out, too. */
    private static boolean relock(FileChannel channel, FileLock lock) throws IOException {
        lock.release();
        for (int i = 0; i < TRIES; i++) {
            if (tryLock(channel) != null) {
                return true;
            }
        }
        return false;
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // reads on
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static @Nullable Owner owner(String content) {
        try {
            JsonNode tree = JsonFiles.MAPPER.readTree(content);
            if (!tree.path("host").isString() || !tree.path("pid").isNumber()) {
                return null;
            }
            return new Owner(
                    tree.path("host").stringValue(),
                    tree.path("pid").longValue(),
                    Instant.parse(tree.path("processStart").asString("")));
        } catch (JacksonException | java.time.DateTimeException e) {
            return null;
        }
    }

    /** Removes the file and gives it back. Any number of times. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(file); // before it is free: who opens it afterwards makes a new one
        } catch (java.nio.file.FileSystemException e) { // where open files cannot be removed
            LOG.debug("the lock '{}' is removed after it is given back", file, e);
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(held);
        }
    }
}

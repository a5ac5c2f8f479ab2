package org.reactortopology.multiprocess.internal.claim;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that a coordinator and one worker both map: a table of claims and an area for each direction. The file takes memory only where something has been
 * written, which is done before anything is claimed there: a page that is missing because the file system is full would otherwise be a fault of the process.
 *
 * <p>It is made shorter by {@link #discard} alone: when the worker has ended and no run has anything of it any more. Thread-safe.
 */
public final class Segment {

    /** The area in which the coordinator writes. */
    static final int TO_WORKER = 0;

    /** The area in which the worker writes. */
    static final int TO_COORDINATOR = 1;

    /** Claims of one direction that may be open at once. */
    static final int SLOTS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    /** Entries of the table stand so far apart that two processes that clear and set neighbours do not take the cache line from each other. */
    private static final int SLOT_BYTES = 64;

    private static final int TABLE_BYTES = SLOTS * SLOT_BYTES;
    private static final int HEADER_BYTES = 2 * TABLE_BYTES;
    private static final byte[] ZEROS = new byte[256 * 1024];
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;
    private final int capacity;

    /** Not a channel, which an interrupt of a work would close; null where there is no file. Guarded by this. */
    private @Nullable RandomAccessFile file;

    /** Guarded by this. */
    private boolean discarded;

    private Segment(ByteBuffer memory, @Nullable RandomAccessFile file) {
        this.memory = memory;
        this.capacity = (memory.capacity() - HEADER_BYTES) / 2;
        this.file = file;
    }

    /** One in the memory of this process, for both sides. */
    public static Segment inMemory(int capacity) {
        return new Segment(ByteBuffer.allocateDirect(HEADER_BYTES + 2 * capacity), null);
    }

    /**
     * Makes the file, for this user alone, and maps it.
     *
     * @param capacity bytes of each direction
     */
    public static Segment create(Path path, int capacity) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] alone = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(path, alone);
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                file.write(new byte[HEADER_BYTES]);
                file.setLength(HEADER_BYTES + 2L * capacity);
                return mapped(file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Maps a file that {@link #create} made in the other process. */
    public static Segment open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.length() <= HEADER_BYTES || file.length() > Integer.MAX_VALUE) {
                throw new IOException(path + " has " + file.length() + " bytes: it is no memory for claims");
            }
            return mapped(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Segment mapped(RandomAccessFile file) throws IOException {
        return new Segment(file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, file.length()), file);
    }

    /** The coordinator's side: values of at least so many bytes are claimed. */
    public Claims ofCoordinator(int threshold) {
        return new Claims(new ClaimWriter(this, TO_WORKER, threshold), new ClaimReader(this, TO_COORDINATOR));
    }

    /** The worker's side. */
    public Claims ofWorker(int threshold) {
        return new Claims(new ClaimWriter(this, TO_COORDINATOR, threshold), new ClaimReader(this, TO_WORKER));
    }

    /** Bytes of each direction. */
    int capacity() {
        return capacity;
    }

    /** What lies there, from position 0 to its limit. */
    ByteBuffer at(int area, int offset, int length) {
        return memory.slice(start(area) + offset, length);
    }

    void claim(int area, int slot) {
        INTS.setRelease(memory, entry(area, slot), 1);
    }

    /** Clears the slot, if the table is still there: the other side may have cut the file, which must be no fault of this one. */
    void free(int area, int slot) {
        if (isWhole()) {
            INTS.setRelease(memory, entry(area, slot), 0);
        }
    }

    /** Called when {@link #isWhole} has just been true. */
    boolean isFree(int area, int slot) {
        return (int) INTS.getAcquire(memory, entry(area, slot)) == 0;
    }

    /** Whether nobody has cut the file short: to touch what is not there any more would be a fault. */
    synchronized boolean isWhole() {
        try {
            return file == null ? !discarded : file.length() >= memory.capacity();
        } catch (IOException e) {
            LOG.debug("the file of shared memory cannot be looked at", e);
            return false;
        }
    }

    /** Sees to it that there is memory behind that part of the area; whether there is. */
    synchronized boolean back(int area, int offset, int length) {
        RandomAccessFile to = file;
        if (to == null) {
            return !discarded;
        }
        try {
            to.seek(start(area) + (long) offset);
            for (int left = length; left > 0; left -= ZEROS.length) {
                to.write(ZEROS, 0, Math.min(left, ZEROS.length));
            }
            return true;
        } catch (IOException e) {
            LOG.warn("no memory for large values: they go through the socket", e);
            return false;
        }
    }

    /**
     * Gives the memory back at once, though it is unmapped only when it is collected. Called when nobody reads or writes it any more: the worker has ended, and
     * the run that had it has let go of it. Where that is never known, the memory comes back when both processes are gone.
     */
    public synchronized void discard() {
        RandomAccessFile used = file;
        file = null;
        discarded = true;
        if (used != null) {
            try (used) {
                used.setLength(0);
            } catch (IOException e) {
                LOG.debug("the memory is given back later", e);
            }
        }
    }

    private int start(int area) {
        return HEADER_BYTES + area * capacity;
    }

    private static int entry(int area, int slot) {
        return area * TABLE_BYTES + slot * SLOT_BYTES;
    }
}

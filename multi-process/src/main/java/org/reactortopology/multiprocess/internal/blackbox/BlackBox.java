package org.reactortopology.multiprocess.internal.blackbox;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The numbers of the items that a worker is busy with, in a file that it maps into memory: the operating system keeps what was written when the
 * process is gone, however it went. A table with open addressing: a number is written when its item is begun and erased when it has ended, both in a
 * few nanoseconds. Thread-safe.
 *
 * <p>Holds up to {@value #SLOTS} numbers. What does not find a place is not marked, which {@link #isComplete} then says for good.
 */
public final class BlackBox {

    /** Numbers that fit in. */
    public static final int SLOTS = 8192;

    private static final int HEADER_BYTES = Long.BYTES;
    private static final int BYTES = HEADER_BYTES + SLOTS * Long.BYTES;

    /** How far from its place a number is looked for. */
    private static final int PROBES = 256;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A number is stored plus one, so that zero means nothing; the first long is not zero when a number did not fit. */
    private final ByteBuffer memory;

    /** Set before the first item, if ever. */
    private boolean closed;

    private BlackBox(ByteBuffer memory) {
        this.memory = memory;
    }

    /** One in the memory of this process. */
    public static BlackBox inMemory() {
        return new BlackBox(ByteBuffer.allocateDirect(BYTES));
    }

    /**
     * Makes the file, empty and written to its end, so that no page of it can be missing on a full disk when a worker writes to it.
     *
     * @throws IOException if there is no room for it
     */
    public static void create(Path file) throws IOException {
        Files.write(file, new byte[BYTES], StandardOpenOption.CREATE_NEW);
    }

    /** Maps a file that {@link #create} made. */
    public static BlackBox map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != BYTES) {
                throw new IOException(file + " has " + channel.size() + " bytes: a black box has " + BYTES);
            }
            return new BlackBox(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** A copy of what a file holds now. */
    public static BlackBox read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            throw new IOException(file + " has " + bytes.length + " bytes: a black box has " + BYTES);
        }
        return new BlackBox(ByteBuffer.allocateDirect(BYTES).put(bytes).flip());
    }

    /** Marks nothing from now on, so that after a death every item is a suspect: for measuring what the marks cost. */
    public void close() {
        closed = true;
        LONGS.setVolatile(memory, 0, 1L);
    }

    /** The item of that number is begun. */
    public void enter(long number) {
        if (closed) {
            return;
        }
        int home = home(number);
        for (int i = 0; i < PROBES; i++) {
            if (LONGS.compareAndSet(memory, offset(home + i), 0L, number + 1)) {
                return;
            }
        }
        LONGS.setVolatile(memory, 0, 1L);
    }

    /** The item of that number has ended. */
    public void leave(long number) {
        if (closed) {
            return;
        }
        int home = home(number);
        for (int i = 0; i < PROBES; i++) {
            int offset = offset(home + i);
            if ((long) LONGS.getVolatile(memory, offset) == number + 1) {
                LONGS.setRelease(memory, offset, 0L);
                return;
            }
        }
    }

    /** Forgets all numbers: nothing is begun. Called when nobody enters or leaves. */
    public void clear() {
        for (int i = 0; i < SLOTS; i++) {
            LONGS.setVolatile(memory, offset(i), 0L);
        }
        LONGS.setVolatile(memory, 0, closed ? 1L : 0L);
    }

    /** The numbers of the items that were begun and have not ended. */
    public Set<Long> numbers() {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < SLOTS; i++) {
            long stored = (long) LONGS.getVolatile(memory, offset(i));
            if (stored != 0) {
                numbers.add(stored - 1);
            }
        }
        return numbers;
    }

    /** Whether every number found a place. */
    public boolean isComplete() {
        return (long) LONGS.getVolatile(memory, 0) == 0;
    }

    /** Neighbours in the order of the source get neighbouring places, so that there are few collisions and few cache lines. */
    private static int home(long number) {
        return (int) number & (SLOTS - 1);
    }

    private static int offset(int slot) {
        return HEADER_BYTES + (slot & (SLOTS - 1)) * Long.BYTES;
    }
}

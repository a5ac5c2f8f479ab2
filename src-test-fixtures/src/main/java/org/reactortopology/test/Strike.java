package org.reactortopology.test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Real ends and hangs of this very process. */
final class Strike {

    private static final int CHUNK = 1024 * 1024;

    private Strike() {}

    /** Does it; returns only if this did nothing, which no kind does. */
    static void of(ChaosFault fault) throws Exception {
        switch (fault.kind()) {
            case CRASH -> crash();
            case KILL -> signal("-KILL");
            case EXIT -> System.exit(fault.code());
            case HALT -> Runtime.getRuntime().halt(fault.code());
            case OUT_OF_MEMORY -> takeMemory();
            case OVERFLOW -> overflow(0);
            case HANG -> loop();
            case HANG_IN_NATIVE_CODE -> readForEver();
        }
    }

    /** By reflection, because javac warns of that class and nothing can keep it from it. */
    private static void crash() throws Exception {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            type.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
        } catch (ReflectiveOperationException e) {
            System.err.println("no Unsafe (" + e + "), so by a signal");
        }
        signal("-SEGV");
    }

    private static void signal(String name) throws IOException {
        new ProcessBuilder("kill", name, Long.toString(ProcessHandle.current().pid()))
                .inheritIO()
                .start();
        while (true) {
            LockSupport.park();
        }
    }

    private static void takeMemory() {
        Object[] taken = {};
        while (true) {
            taken = new Object[] {taken, new byte[CHUNK]};
        }
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int overflow(int depth) {
        return overflow(depth + 1) + depth;
    }

    private static void loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** Open for writing too, so that opening does not wait and there is never an end; and without a name, so that nothing is left. */
    private static void readForEver() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("chaos-");
        Path fifo = directory.resolve("fifo");
        int exit = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        if (exit != 0) {
            throw new IOException("mkfifo ended with " + exit);
        }
        try (RandomAccessFile file = new RandomAccessFile(fifo.toFile(), "rw")) {
            Files.delete(fifo);
            Files.delete(directory);
            int read = file.read();
            throw new IOException("the fifo gave " + read);
        }
    }
}

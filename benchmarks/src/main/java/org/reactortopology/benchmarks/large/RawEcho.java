package org.reactortopology.benchmarks.large;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The physical limit: bytes to another JVM over a Unix-domain socket and back, blocking NIO, direct buffers of 64 KiB. One thread there; here one writes and one
 * reads. Its main method is the other JVM; the argument is the path of the socket, on which it listens for one connection.
 */
public final class RawEcho {

    private static final int BUFFER_BYTES = 64 * 1024;

    private RawEcho() {}

    /** Listens, sends back what comes in, and ends with the connection. */
    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            System.out.println("listening");
            try (SocketChannel channel = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
                while (channel.read(buffer) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    buffer.clear();
                }
            }
        }
    }

    /** Sends so many bytes over the channel and waits until as many have come back; seconds that took. */
    static double seconds(SocketChannel channel, long bytes) throws IOException {
        Executor writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "raw-echo-writer");
            thread.setDaemon(true);
            return thread;
        });
        long start = System.nanoTime();
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(channel, bytes), writer);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (long left = bytes; left > 0; ) {
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                throw new EOFException(left + " bytes did not come back");
            }
            left -= read;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        written.join();
        return seconds;
    }

    private static void write(SocketChannel channel, long bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            for (long left = bytes; left > 0; ) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                left -= channel.write(buffer);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}

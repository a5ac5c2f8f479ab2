package org.reactortopology.benchmarks.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.reactortopology.benchmarks.harness.JvmCommand;

/**
 * The limit: bytes to another JVM over a Unix-domain socket and back, blocking NIO, direct buffers of 64 KiB, nothing else. Its main method is the
 * other JVM; the argument is the path of the socket.
 */
public final class SocketEcho implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path directory;
    private final Process other;
    private final SocketChannel channel;

    private SocketEcho(Path directory, Process other, SocketChannel channel) {
        this.directory = directory;
        this.other = other;
        this.channel = channel;
    }

    /** Listens for one connection, sends back what comes in, and ends with it. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            System.out.println("listening");
            try (SocketChannel channel = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
                while (channel.read(buffer) >= 0) {
                    write(channel, buffer.flip());
                    buffer.clear();
                }
            }
        }
    }

    /** Starts the other JVM and connects. */
    public static SocketEcho start() throws IOException {
        Path directory = Files.createTempDirectory("socket-echo-");
        Path socket = directory.resolve("socket");
        Process other = new ProcessBuilder(JvmCommand.main(SocketEcho.class)
                        .options("-Xmx64m")
                        .arguments(socket.toString())
                        .line())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!"listening".equals(other.inputReader(StandardCharsets.UTF_8).readLine())) {
            throw new IOException("the other side did not listen");
        }
        return new SocketEcho(directory, other, SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Items of that length, put into the buffer and taken out of it one by one; what fits is sent, then awaited, by one thread. Items a second. */
    double inTurn(int itemBytes, long items) throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] item = new byte[itemBytes];
        long start = System.nanoTime();
        for (long left = items; left > 0; ) {
            int together = (int) Math.min(left, BUFFER_BYTES / itemBytes);
            fill(out, item, together);
            write(channel, out);
            read(in.clear().limit(together * itemBytes));
            for (int i = 0; i < together; i++) {
                in.get(item);
            }
            left -= together;
        }
        return items / ((System.nanoTime() - start) / 1e9);
    }

    /** The same, by a thread that sends and one that receives. Items a second. */
    double bothWays(int itemBytes, long items) throws IOException {
        byte[] item = new byte[itemBytes];
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long start = System.nanoTime();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(itemBytes, items));
        for (long left = items; left > 0; ) {
            int together = (int) Math.min(left, BUFFER_BYTES / itemBytes);
            read(in.clear().limit(together * itemBytes));
            for (int i = 0; i < together; i++) {
                in.get(item);
            }
            left -= together;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        sent.join();
        return items / seconds;
    }

    /** Times of so many round trips in nanoseconds, in ascending order. */
    long[] pingPong(int bytes, int trips) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        long[] nanos = new long[trips];
        for (int i = 0; i < trips; i++) {
            long start = System.nanoTime();
            write(channel, buffer.clear());
            read(buffer.clear());
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        other.destroyForcibly().onExit().join();
        Files.deleteIfExists(directory.resolve("socket"));
        Files.delete(directory);
    }

    private void send(int itemBytes, long items) {
        ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] item = new byte[itemBytes];
        try {
            for (long left = items; left > 0; ) {
                int together = (int) Math.min(left, BUFFER_BYTES / itemBytes);
                fill(out, item, together);
                write(channel, out);
                left -= together;
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void fill(ByteBuffer out, byte[] item, int items) {
        out.clear();
        for (int i = 0; i < items; i++) {
            out.put(item);
        }
        out.flip();
    }

    private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(buffer.remaining() + " bytes did not come back");
            }
        }
        buffer.flip();
    }
}

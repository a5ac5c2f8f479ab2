package org.reactortopology.test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** Strangers who connect to the workers' socket and send what no worker sends. Confined to one thread. */
final class Garbage implements AutoCloseable {

    /** Connections kept open by those who say nothing more; the oldest is closed for a new one. */
    private static final int MOST_OPEN = 16;

    private static final int MOST_RANDOM_BYTES = 4096;
    private static final int CLAIMED = 100;

    /** What is sent. */
    private enum Shape {
        RANDOM,
        HALF_FRAME,
        HUGE_LENGTH,
        NOTHING
    }

    private final Deque<SocketChannel> open = new ArrayDeque<>();

    /** Connects and sends something; says what. */
    String send(Path socket, RandomGenerator random) throws IOException {
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        byte[] bytes = bytes(shape, random);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(channel);
        channel.configureBlocking(false);
        boolean connected = channel.connect(UnixDomainSocketAddress.of(socket));
        if (!connected) {
            throw new IOException("the socket takes nobody right now");
        }
        int sent = bytes.length == 0 ? 0 : channel.write(ByteBuffer.wrap(bytes));
        if (shape == Shape.RANDOM) {
            channel.close();
        }
        open.removeIf(each -> !each.isOpen());
        while (open.size() > MOST_OPEN) {
            open.remove().close();
        }
        return shape + " of " + sent + " bytes";
    }

    private static byte[] bytes(Shape shape, RandomGenerator random) {
        byte[] bytes = switch (shape) {
            case RANDOM -> new byte[1 + random.nextInt(MOST_RANDOM_BYTES)];
            case HALF_FRAME -> new byte[Integer.BYTES + random.nextInt(CLAIMED / 2)];
            case HUGE_LENGTH -> new byte[2 * Integer.BYTES];
            case NOTHING -> new byte[0];
        };
        random.nextBytes(bytes);
        if (shape == Shape.HALF_FRAME) {
            ByteBuffer.wrap(bytes).putInt(0, CLAIMED);
        } else if (shape == Shape.HUGE_LENGTH) {
            ByteBuffer.wrap(bytes).putInt(0, Integer.MAX_VALUE);
        }
        return bytes;
    }

    @Override
    public void close() {
        for (SocketChannel channel : open) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        open.clear();
    }
}

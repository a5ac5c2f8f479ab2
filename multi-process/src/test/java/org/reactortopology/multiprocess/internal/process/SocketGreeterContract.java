package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.multiprocess.LogLines;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.Received;
import org.reactortopology.multiprocess.internal.transport.SocketClient;
import org.reactortopology.multiprocess.internal.transport.SocketServer;

/** Also with bytes that no connection of ours would send. */
abstract class SocketGreeterContract extends GreeterContract {

    /** So many connections Netty accepts before it looks whether it may. */
    private static final int ACCEPTED_TOGETHER = 16;

    private SocketServer server;

    /** Where to listen. */
    abstract Address address() throws IOException;

    @Override
    void listen(Greeter greeter) throws Exception {
        server = SocketServer.listen(address(), Greeter.MAX_BODY_BYTES, greeter::accept)
                .block();
    }

    @Override
    Connection dial() {
        return SocketClient.connect(server.address(), 1024).block();
    }

    @Override
    void stop() throws Exception {
        server.close().block();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474554202f20485454502f312e310d0a0d0a", // GET / HTTP/1.1
                "00",
                "5254ff", // another version
                "52540201000000007fffffff", // a length of 2 GiB
                "5254020100000000ffffffff",
                "52540201000000000000000400000001", // a HELLO that is too short
                "525402020000000000000000" // an empty WELCOME
            })
    void bytesThatAreNoHelloAreDroppedAtOnce(String hex) throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        try (SocketChannel stranger = open()) {
            stranger.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));

            awaitClosed(stranger);
        }
        Received.soon().until(() -> greeter.dropped() == 1);
        assertAWorkerGetsIn(greeter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "52",
                "5254020100000000",
                "5254020100000000000000ff00", // a header that is allowed, and too little after it
            })
    void halfAFrameAndThenSilenceIsDropped(String hex) throws Exception {
        Greeter greeter = new Greeter(SHORT);
        listen(greeter);
        try (SocketChannel stranger = open()) {
            stranger.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));

            awaitClosed(stranger);
        }
        Received.soon().until(() -> greeter.dropped() == 1);
        assertAWorkerGetsIn(greeter);
    }

    @Test
    void manyStrangersDoNotKeepAWorkerOut() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        int strangers = 50;
        for (int i = 0; i < strangers; i++) {
            byte[] garbage = new byte[64];
            random.nextBytes(garbage);
            garbage[0] = 0;
            try (SocketChannel stranger = open()) {
                stranger.write(ByteBuffer.wrap(garbage));
            }
        }
        Received.soon().alias("seed " + seed).until(() -> greeter.dropped() == strangers);
        assertAWorkerGetsIn(greeter);
    }

    /** So that a flood cannot take all file handles, nor hold a worker up until its patience with the flood is over. */
    @Test
    void aFloodOfSilentStrangersIsBoundedAndKeepsNoWorkerOut() throws Exception {
        int flood = 500;
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        List<SocketChannel> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < flood; i++) {
                strangers.add(open());
            }
            expect(greeter); // the worker waits behind the flood, is let in by turns, and is not made to give way
            // itself
            say(hello(token, WORKER)).awaitFrames(1);

            Received.soon().until(() -> greeter.dropped() >= flood - Greeter.MOST_VISITORS - ACCEPTED_TOGETHER);
            for (SocketChannel dropped : strangers.subList(0, flood - Greeter.MOST_VISITORS - ACCEPTED_TOGETHER)) {
                awaitClosed(dropped);
            }
            assertThat(greeter.visitors()).isLessThanOrEqualTo(Greeter.MOST_VISITORS + ACCEPTED_TOGETHER);
        } finally {
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
        }
        Received.soon().until(() -> greeter.dropped() == flood);
        assertAWorkerGetsIn(greeter);
    }

    /** A JVM that has just started is slow to say HELLO; whatever comes in meanwhile waits outside. */
    @Test
    void whoeverHasJustConnectedNeedNotGiveWay() throws Exception {
        int flood = 100;
        Greeter greeter = new Greeter(LONG, 10, LONG);
        listen(greeter);
        Connection worker = dial();
        List<SocketChannel> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < flood; i++) {
                strangers.add(open());
            }
            Received.soon().until(() -> greeter.visitors() > 10);
            Received received = new Received();
            expect(greeter);
            worker.receive(received);

            worker.send(hello(token, WORKER));

            received.awaitFrames(1);
            assertThat(greeter.visitors()).isBetween(10, 10 + ACCEPTED_TOGETHER);
            assertThat(greeter.dropped()).isZero();
        } finally {
            worker.close();
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void onlyTheFirstStrangerIsLogged() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        try (LogLines log = LogLines.of(Greeter.class)) {
            for (int i = 0; i < 3; i++) {
                try (SocketChannel stranger = open()) {
                    stranger.write(ByteBuffer.wrap(new byte[] {0}));
                    awaitClosed(stranger);
                }
            }
            Received.soon().until(() -> greeter.dropped() == 3);

            assertThat(log.lines()).singleElement().asString().contains("magic is 0x0", "only counted");
        }
        assertAWorkerGetsIn(greeter);
    }

    private SocketChannel open() throws IOException {
        return SocketChannel.open(server.address().socketAddress());
    }

    /** Waits for the end of the stream, which a reset is too; nothing may come before it. */
    private static void awaitClosed(SocketChannel channel) {
        ByteBuffer in = ByteBuffer.allocate(64);
        int read;
        try {
            read = channel.read(in);
        } catch (IOException e) {
            read = -1;
        }
        assertThat(read).isEqualTo(-1);
    }
}

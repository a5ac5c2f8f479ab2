package org.reactortopology.multiprocess.internal.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.reactortopology.multiprocess.internal.wire.Hello;
import org.reactortopology.multiprocess.internal.wire.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets in who proves to hold the token of a worker that is expected, once each; everyone else is dropped and counted. Called on the event
 * loop and by whoever expects workers.
 */
final class Greeter {

    /** Longest body of a frame from someone who has not proved who they are (R8): a HELLO and some room. */
    static final int MAX_BODY_BYTES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

    /** A worker that has not connected. */
    private record Expected(byte[] token, Sinks.One<Connection> connected) {}

    private final Map<Integer, Expected> expected = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Duration patience;

    /** Drops who says nothing for that long. */
    Greeter(Duration patience) {
        this.patience = patience;
    }

    /** The connection of the worker of that number, once it has proved that it holds the token. */
    Mono<Connection> expect(int worker, byte[] token) {
        Expected entry = new Expected(token, Sinks.one());
        expected.put(worker, entry);
        return entry.connected().asMono();
    }

    /** Connections dropped so far. */
    long dropped() {
        return dropped.get();
    }

    /** Greets whoever connected. */
    void accept(Connection connection) {
        connection.receive(new Visitor(connection));
    }

    private final class Visitor implements FrameReceiver {
        private final Connection connection;
        private final Disposable impatience;
        private final AtomicBoolean over = new AtomicBoolean();

        Visitor(Connection connection) {
            this.connection = connection;
            this.impatience = Schedulers.parallel()
                    .schedule(
                            () -> drop("it said nothing for " + patience.toMillis() + " ms"),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public void frame(Frame frame) {
            if (!(frame instanceof Hello hello)) {
                drop("it began with " + frame.type() + " instead of HELLO");
                return;
            }
            Expected entry = expected.get(hello.worker());
            byte[] proof = entry == null
                    ? new byte[Handshake.PROOF_BYTES]
                    : Handshake.workerProof(entry.token(), hello.worker(), hello.pid(), hello.nonce());
            if (!Handshake.equal(proof, hello.proof()) || entry == null || !expected.remove(hello.worker(), entry)) {
                drop("it did not prove to be worker " + hello.worker());
            } else if (over.compareAndSet(false, true)) {
                impatience.dispose();
                connection.send(new Welcome(Handshake.coordinatorProof(entry.token(), hello.nonce())));
                entry.connected().tryEmitValue(connection);
            }
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            drop(cause == null ? "it closed without a HELLO" : cause.getMessage());
        }

        private void drop(@Nullable String why) {
            if (over.compareAndSet(false, true)) {
                impatience.dispose();
                long count = dropped.incrementAndGet();
                if (count == 1) {
                    LOG.warn(
                            "a stranger connected to the workers' socket and was dropped: {}; further ones are only counted",
                            why);
                }
                connection.close();
            }
        }
    }
}

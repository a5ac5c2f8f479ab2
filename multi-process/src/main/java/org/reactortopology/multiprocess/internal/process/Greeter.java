package org.reactortopology.multiprocess.internal.process;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets in who proves to hold the token of a worker that is expected, once each; everyone else is dropped and counted, and the first one logged. Called on
 * the event loop and by whoever expects workers. Holds at most {@link #MOST_VISITORS} connections that have proved nothing.
 */
final class Greeter {

    /** Longest body of a frame from someone who has not proved who they are (R8): a HELLO and some room. */
    static final int MAX_BODY_BYTES = 256;

    /** Most connections that may be open without having proved anything, but for a few that are accepted with the last one (R6). */
    static final int MOST_VISITORS = 256;

    /** So long nobody has to give way to one more: a JVM that has just started needs some time between its first connection and its HELLO. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

    /** A worker that has not connected. */
    private record Expected(byte[] token, Sinks.One<Connection> connected) {}

    private final Map<Integer, Expected> expected = new ConcurrentHashMap<>();

    /** Who has proved nothing yet, oldest first. Guarded by itself; written on the event loop and by the timers of patience. */
    private final Set<Visitor> visitors = new LinkedHashSet<>();

    private final AtomicLong dropped = new AtomicLong();

    /** Whether somebody will look for room by himself. */
    private final AtomicBoolean roomIsDue = new AtomicBoolean();

    private final Duration patience;
    private final int mostVisitors;
    private final Duration grace;

    /** Drops who says nothing for that long. */
    Greeter(Duration patience) {
        this(patience, MOST_VISITORS, GRACE);
    }

    /** As {@link #Greeter(Duration)}, with another bound of visitors, and another time until one gives way. */
    Greeter(Duration patience, int mostVisitors, Duration grace) {
        this.patience = patience;
        this.mostVisitors = mostVisitors;
        this.grace = grace;
    }

    /** The connection of the worker of that number, once it has proved that it holds the token. */
    Mono<Connection> expect(int worker, byte[] token) {
        Expected entry = new Expected(token, Sinks.one());
        expected.put(worker, entry);
        return entry.connected().asMono().doOnCancel(() -> expected.remove(worker, entry));
    }

    /** Connections dropped so far. */
    long dropped() {
        return dropped.get();
    }

    /** Connections that are open and have proved nothing. */
    int visitors() {
        synchronized (visitors) {
            return visitors.size();
        }
    }

    /** Greets whoever connected. */
    void accept(Connection connection) {
        Visitor visitor = new Visitor(connection);
        String other = connection.otherUser();
        if (other != null) {
            visitor.drop("it belongs to user '" + other + "', this process does not");
            return;
        }
        enter(visitor);
        visitor.waitForHello();
        makeRoom(connection);
    }

    private void enter(Visitor visitor) {
        synchronized (visitors) {
            visitors.add(visitor);
        }
    }

    /** The oldest give way. While they are too young for that, others wait outside rather than be turned away: one of them may be a worker. */
    private void makeRoom(Connection latest) {
        for (Visitor oldest = oneTooMany(); oldest != null; oldest = oneTooMany()) {
            Duration age = Duration.ofNanos(System.nanoTime() - oldest.since);
            if (age.compareTo(grace) < 0) {
                Duration wait = grace.minus(age).plusMillis(1);
                latest.holdOthers(wait);
                makeRoomLater(latest, wait);
                return;
            }
            oldest.drop("it was the oldest of more than " + mostVisitors + " that had not said who they are");
        }
    }

    /** Another event loop may have accepted more than a few by the time that others are held; nobody may come after them to push them out. */
    private void makeRoomLater(Connection latest, Duration wait) {
        if (!roomIsDue.getAndSet(true)) {
            Schedulers.parallel()
                    .schedule(
                            () -> {
                                roomIsDue.set(false);
                                makeRoom(latest);
                            },
                            wait.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** The oldest, if there are too many. */
    private @Nullable Visitor oneTooMany() {
        synchronized (visitors) {
            return visitors.size() > mostVisitors ? visitors.iterator().next() : null;
        }
    }

    private void leave(Visitor visitor) {
        synchronized (visitors) {
            visitors.remove(visitor);
        }
    }

    private final class Visitor implements FrameReceiver {
        private final Connection connection;
        private final long since = System.nanoTime();
        private final Disposable.Swap impatience = Disposables.swap();

        /** Set by whoever lets it in or drops it: its own events, its timer, or one more visitor. */
        private final AtomicBoolean over = new AtomicBoolean();

        Visitor(Connection connection) {
            this.connection = connection;
        }

        void waitForHello() {
            impatience.update(Schedulers.parallel()
                    .schedule(
                            () -> drop("it said nothing for " + patience.toMillis() + " ms"),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS));
            connection.receive(this);
        }

        @Override
        public void frame(Frame frame) {
            if (over.get()) {
                return; // what a dropped one sends, or comes behind a HELLO before anything may
            }
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
            } else if (ended()) {
                connection.send(new Welcome(Handshake.coordinatorProof(entry.token(), hello.nonce())));
                entry.connected().tryEmitValue(connection);
            }
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            drop(cause == null ? "it closed without a HELLO" : cause.getMessage());
        }

        private void drop(@Nullable String why) {
            if (ended()) {
                long count = dropped.incrementAndGet();
                if (count == 1) {
                    LOG.warn(
                            "a stranger connected to the workers' socket and was dropped: {}; further ones are only counted",
                            why);
                }
                connection.close();
            }
        }

        /** Whether it is the first time. */
        private boolean ended() {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            leave(this);
            impatience.dispose();
            return true;
        }
    }
}

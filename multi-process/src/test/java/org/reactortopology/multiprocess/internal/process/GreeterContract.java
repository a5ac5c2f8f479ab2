package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.Received;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.reactortopology.multiprocess.internal.wire.Hello;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.multiprocess.internal.wire.Welcome;
import org.reactortopology.test.LeakCheck;

/** Who is let in, over any transport. */
@Timeout(60)
abstract class GreeterContract {

    static final int WORKER = 3;
    static final Duration LONG = Duration.ofMinutes(5);
    /** Long enough for a HELLO that is sent at once, also on a machine that does other things. */
    static final Duration SHORT = Duration.ofMillis(500);

    final byte[] token = Handshake.newToken();
    private final byte[] nonce = Handshake.newNonce();
    private final List<Connection> dialled = new ArrayList<>();

    /** Starts to listen. */
    abstract void listen(Greeter greeter) throws Exception;

    /** Connects to who listens. */
    abstract Connection dial();

    abstract void stop() throws Exception;

    @AfterEach
    void nothingIsLeft() throws Exception {
        dialled.forEach(Connection::close);
        stop();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void whoHoldsTheTokenIsLetInOnce() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);

        Received first = say(hello(token, WORKER));
        first.awaitFrames(1);
        assertWelcome(first);
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());

        Received second = say(hello(token, WORKER));
        second.awaitEnd();
        assertThat(second.frames()).isEmpty();
        assertThat(greeter.dropped()).isEqualTo(1);
        assertThat(first.causes()).isEmpty();
    }

    @Test
    void aSecondHelloOfWhoIsInIsIgnored() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);
        Received received = new Received();
        Connection worker = dialled();
        worker.receive(received);
        worker.send(hello(token, WORKER));
        worker.send(hello(token, WORKER));
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());

        admitted.get().send(new Credit(1, 1, 1));

        received.awaitFrames(2);
        assertThat(received.frames().get(1)).isInstanceOf(Credit.class);
        assertThat(greeter.dropped()).isZero();
    }

    @Test
    void whoIsInMayBeSilentForLongerThanTheGreeterIsPatient() throws Exception {
        Greeter greeter = new Greeter(SHORT.multipliedBy(4)); // a machine that is busy may take its time with HELLO
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);
        Received worker = say(hello(token, WORKER));
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());

        Received stranger = new Received();
        dialled().receive(stranger);
        stranger.awaitEnd(); // its patience began after the worker's

        assertThat(worker.causes()).isEmpty();
        assertThat(greeter.dropped()).isEqualTo(1);
    }

    @Test
    void anotherTokenIsDropped() throws Exception {
        assertDropped(hello(Handshake.newToken(), WORKER));
    }

    @Test
    void anotherWorkersNumberIsDropped() throws Exception {
        assertDropped(hello(token, WORKER + 1));
    }

    @Test
    void aProofOverAnotherPidIsDropped() throws Exception {
        assertDropped(new Hello(WORKER, 2, nonce, Handshake.workerProof(token, WORKER, 1, nonce)));
    }

    @Test
    void theCoordinatorsProofIsNoWorkersProof() throws Exception {
        assertDropped(new Hello(WORKER, 1, nonce, Handshake.coordinatorProof(token, nonce)));
    }

    @Test
    void anotherFirstFrameIsDropped() throws Exception {
        assertDropped(new Credit(1, 1, 1));
    }

    @Test
    void aFrameLongerThanAHelloIsDropped() throws Exception {
        assertDropped(new Start(1, new byte[Greeter.MAX_BODY_BYTES + 1]));
    }

    @Test
    void silenceIsDropped() throws Exception {
        Greeter greeter = new Greeter(SHORT);
        listen(greeter);
        Received stranger = new Received();
        dialled().receive(stranger);

        stranger.awaitEnd();

        assertThat(greeter.dropped()).isEqualTo(1);
        assertAWorkerGetsIn(greeter);
    }

    @Test
    void whoGoesAwayIsCounted() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        dialled().close();
        Received.soon().until(() -> greeter.dropped() == 1);
        assertAWorkerGetsIn(greeter);
    }

    /** Nobody has to wait until the patience with those before is over. */
    @Test
    void oneTooManyDropsTheOldest() throws Exception {
        int most = 4;
        Greeter greeter = new Greeter(LONG, most, Duration.ZERO);
        listen(greeter);
        List<Received> silent = silent(most + 3);

        Received.soon().untilAsserted(() -> assertThat(greeter.dropped()).isEqualTo(3));
        silent.subList(0, 3).forEach(Received::awaitEnd);
        assertAWorkerGetsInFor(greeter, silent.get(3));
        assertThat(silent.subList(4, silent.size()))
                .allSatisfy(received -> assertThat(received.causes()).isEmpty());
    }

    @Test
    void whoIsInOrDroppedTakesNoPlace() throws Exception {
        int most = 2;
        Greeter greeter = new Greeter(LONG, most, Duration.ZERO);
        listen(greeter);
        assertAWorkerGetsIn(greeter);
        say(hello(token, WORKER)).awaitEnd();
        assertThat(greeter.dropped()).isEqualTo(1);

        List<Received> silent = silent(most);
        say(new Credit(1, 1, 1)).awaitEnd();

        silent.get(0).awaitEnd(); // two places for three
        assertThat(silent.get(1).causes()).isEmpty();
        assertThat(greeter.dropped()).isEqualTo(3);
    }

    @Test
    void anotherUserIsDroppedEvenWithTheToken() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);
        OtherUsers other = new OtherUsers();

        greeter.accept(other);

        assertThat(other.closed).isTrue();
        assertThat(other.receiver).isNull();
        assertThat(greeter.dropped()).isEqualTo(1);
        assertThat(admitted).hasNullValue();
        assertAWorkerGetsIn(greeter);
    }

    /** Bytes that follow a dropped frame at once come in before the connection is closed. */
    @Test
    void aHelloAfterAWrongOneDoesNotUseUpTheToken() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);
        Received received = new Received();
        Connection stranger = dialled();
        stranger.receive(received);
        stranger.send(hello(Handshake.newToken(), WORKER));
        stranger.send(hello(token, WORKER));
        received.awaitEnd();
        assertThat(admitted).hasNullValue();

        say(hello(token, WORKER)).awaitFrames(1);

        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());
        assertThat(greeter.dropped()).isEqualTo(1);
    }

    /** The end of a worker that comes between its HELLO and whoever takes it over must not be lost. */
    @Test
    void whoTakesOverAWorkerThatHasGoneIsTold() throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);
        Received received = new Received();
        Connection worker = dialled();
        worker.receive(received);
        worker.send(hello(token, WORKER));
        received.awaitFrames(1);
        worker.close();
        received.awaitEnd();
        Received late = new Received();

        admitted.get().receive(late);

        late.awaitEnd();
        assertThat(greeter.dropped()).isZero();
    }

    final void assertAWorkerGetsIn(Greeter greeter) {
        long before = greeter.dropped();
        AtomicReference<Connection> admitted = expect(greeter);
        Received worker = say(hello(token, WORKER));
        worker.awaitFrames(1);
        assertWelcome(worker);
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());
        assertThat(worker.causes()).isEmpty();
        assertThat(greeter.dropped()).isEqualTo(before);
    }

    /** The worker takes the place of the oldest visitor, whose end is waited for. */
    private void assertAWorkerGetsInFor(Greeter greeter, Received oldest) {
        AtomicReference<Connection> admitted = expect(greeter);
        say(hello(token, WORKER)).awaitFrames(1);
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());
        oldest.awaitEnd();
    }

    private List<Received> silent(int count) {
        List<Received> silent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Received received = new Received();
            dialled().receive(received);
            silent.add(received);
        }
        return silent;
    }

    private void assertDropped(Frame first) throws Exception {
        Greeter greeter = new Greeter(LONG);
        listen(greeter);
        AtomicReference<Connection> admitted = expect(greeter);

        Received stranger = say(first);

        stranger.awaitEnd();
        assertThat(stranger.frames()).isEmpty();
        assertThat(greeter.dropped()).isEqualTo(1);
        assertThat(admitted).hasNullValue();
        Received worker = say(hello(token, WORKER));
        worker.awaitFrames(1);
        assertWelcome(worker);
        Received.soon().untilAtomic(admitted, org.hamcrest.Matchers.notNullValue());
    }

    final AtomicReference<Connection> expect(Greeter greeter) {
        AtomicReference<Connection> admitted = new AtomicReference<>();
        greeter.expect(WORKER, token).subscribe(admitted::set);
        return admitted;
    }

    final Received say(Frame frame) {
        Received received = new Received();
        Connection connection = dialled();
        connection.receive(received);
        connection.send(frame);
        return received;
    }

    private Connection dialled() {
        Connection connection = dial();
        dialled.add(connection);
        return connection;
    }

    final Hello hello(byte[] with, int worker) {
        return new Hello(worker, 1, nonce, Handshake.workerProof(with, worker, 1, nonce));
    }

    /** A connection of which the kernel says whose it is. */
    private static final class OtherUsers implements Connection {
        private FrameReceiver receiver;
        private boolean closed;

        @Override
        public String otherUser() {
            return "mallory";
        }

        @Override
        public void receive(FrameReceiver next) {
            receiver = next;
        }

        @Override
        public void send(Frame frame) {
            throw new AssertionError(frame + " was sent to another user");
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void allow(int maxBodyBytes) {
            throw new AssertionError("another user is allowed no more");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private void assertWelcome(Received received) {
        assertThat(((Welcome) received.frames().get(0)).proof()).isEqualTo(Handshake.coordinatorProof(token, nonce));
    }
}

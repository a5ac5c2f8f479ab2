package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.test.LeakCheck;

/** The kernel's word on who is on the other side. */
class PeerUserTest {

    private static final UserPrincipal MALLORY = () -> "mallory";

    @TempDir
    Path directory;

    private final BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    private SocketServer server;
    private Connection dialled;

    @AfterEach
    void nothingIsLeft() {
        if (dialled != null) {
            dialled.close();
        }
        server.close().block();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void theSameUserIsNoOtherOnEitherSide() throws Exception {
        listen(new Address.Unix(directory.resolve("s")), PeerUser.own());
        dialled = SocketClient.connect(server.address(), 100).block();

        assertThat(dialled.otherUser()).isNull();
        assertThat(served().otherUser()).isNull();
    }

    @Test
    void whoConnectsAsAnotherUserIsNamed() throws Exception {
        assumeThePlatformTells();
        listen(new Address.Unix(directory.resolve("s")), MALLORY);
        dialled = SocketClient.connect(server.address(), 100).block();

        assertThat(served().otherUser()).isEqualTo(PeerUser.own().getName());
    }

    @Test
    void aListenerOfAnotherUserIsNotTalkedTo() throws Exception {
        assumeThePlatformTells();
        listen(new Address.Unix(directory.resolve("s")), PeerUser.own());

        assertThatThrownBy(() ->
                        SocketClient.connect(server.address(), 100, MALLORY).block())
                .hasMessageContaining("who listens is user '" + PeerUser.own().getName() + "'");
    }

    @Test
    void loopbackDoesNotTellSoTheTokenAloneDecides() throws Exception {
        listen(new Address.Loopback(0), MALLORY);
        dialled = SocketClient.connect(server.address(), 100, MALLORY).block();

        assertThat(dialled.otherUser()).isNull();
        assertThat(served().otherUser()).isNull();
    }

    private void listen(Address address, UserPrincipal user) {
        server = SocketServer.listen(address, 100, user, accepted::add).block();
    }

    private Connection served() throws InterruptedException {
        Connection served = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(served).isNotNull();
        return served;
    }

    private void assumeThePlatformTells() throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assumeTrue(channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED));
        }
    }
}

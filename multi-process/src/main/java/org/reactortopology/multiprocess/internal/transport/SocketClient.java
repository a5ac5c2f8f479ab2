package org.reactortopology.multiprocess.internal.transport;

import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.util.retry.Retry;

/** Connects to where a coordinator listens, on one event loop thread of its own. */
public final class SocketClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration QUIET = Duration.ZERO;
    private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    private SocketClient() {}

    /** The connection, with which its thread ends; fails if nobody listens there, or another user than this process's. */
    public static Mono<Connection> connect(Address address, int maxBodyBytes) {
        return Mono.defer(() -> {
            // loads what a HELLO needs while nobody waits for it: whoever has connected is expected to speak soon
            byte[] unused = Handshake.workerProof(Handshake.newToken(), 0, 0, Handshake.newNonce());
            return connect(address, maxBodyBytes, PeerUser.ownIfKnown());
        });
    }

    /** As above, comparing who listens with that user; null compares with nobody. */
    static Mono<Connection> connect(Address address, int maxBodyBytes, @Nullable UserPrincipal user) {
        return Mono.defer(() -> {
            LoopResources loop = LoopResources.create("topology-socket", 1, true);
            Mono<Void> endLoop = loop.disposeLater(QUIET, LOOP_TIMEOUT);
            TcpClient tcp = TcpClient.newConnection()
                    .remoteAddress(address::socketAddress)
                    .resolver(NoopAddressResolverGroup.INSTANCE) // no name is asked for: nor are the classes for that
                    .runOn(loop, false);
            return SocketBuffers.of(tcp, address)
                    .connect()
                    .retryWhen(Retry.backoff(Long.MAX_VALUE, SHORTEST_WAIT)
                            .maxBackoff(LONGEST_WAIT)
                            .filter(error -> isCrowded(address, error)))
                    .timeout(CONNECT_TIMEOUT)
                    .<Connection>map(netty -> {
                        netty.onDispose(endLoop::subscribe);
                        return new SocketConnection(netty, maxBodyBytes, user);
                    })
                    .flatMap(SocketClient::ofThisUser)
                    .onErrorResume(error -> endLoop.then(Mono.error(error)));
        });
    }

    /** A Unix-domain socket that more wait for than fit into its queue refuses at once, unlike a port; one without a listener, otherwise. */
    private static boolean isCrowded(Address address, Throwable error) {
        return error instanceof SocketException
                && !(error instanceof ConnectException)
                && address instanceof Address.Unix unix
                && Files.exists(unix.path());
    }

    private static Mono<Connection> ofThisUser(Connection connection) {
        String other = connection.otherUser();
        if (other == null) {
            return Mono.just(connection);
        }
        connection.close();
        return Mono.error(new IOException("who listens is user '" + other
                + "', this process is not: a coordinator and its workers are one user's"));
    }
}

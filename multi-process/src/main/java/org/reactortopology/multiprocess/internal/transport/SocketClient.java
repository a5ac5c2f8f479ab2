package org.reactortopology.multiprocess.internal.transport;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** Connects to where a coordinator listens, on one event loop thread of its own. */
public final class SocketClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration QUIET = Duration.ZERO;
    private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(5);

    private SocketClient() {}

    /** The connection, with which its thread ends; fails if nobody listens there, or another user than this process's. */
    public static Mono<Connection> connect(Address address, int maxBodyBytes) {
        return Mono.defer(() -> connect(address, maxBodyBytes, PeerUser.ownIfKnown()));
    }

    /** As above, comparing who listens with that user; null compares with nobody. */
    static Mono<Connection> connect(Address address, int maxBodyBytes, @Nullable UserPrincipal user) {
        return Mono.defer(() -> {
            LoopResources loop = LoopResources.create("topology-socket", 1, true);
            Mono<Void> endLoop = loop.disposeLater(QUIET, LOOP_TIMEOUT);
            TcpClient tcp = TcpClient.newConnection()
                    .remoteAddress(address::socketAddress)
                    .runOn(loop, false);
            if (address instanceof Address.Loopback) {
                tcp = tcp.option(ChannelOption.TCP_NODELAY, true);
            }
            return tcp.connect()
                    .timeout(CONNECT_TIMEOUT)
                    .<Connection>map(netty -> {
                        netty.onDispose(endLoop::subscribe);
                        return new SocketConnection(netty, maxBodyBytes, user);
                    })
                    .flatMap(SocketClient::ofThisUser)
                    .onErrorResume(error -> endLoop.then(Mono.error(error)));
        });
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

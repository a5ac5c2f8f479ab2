package org.reactortopology.multiprocess.internal.transport;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** Connects to where a coordinator listens, on one event loop thread of its own. */
public final class SocketClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private SocketClient() {}

    /** The connection; fails if nobody listens there. */
    public static Mono<Connection> connect(Address address, int maxBodyBytes) {
        return Mono.defer(() -> {
            TcpClient tcp = TcpClient.newConnection()
                    .remoteAddress(address::socketAddress)
                    .runOn(LoopResources.create("topology-socket", 1, true), false);
            if (address instanceof Address.Loopback) {
                tcp = tcp.option(ChannelOption.TCP_NODELAY, true);
            }
            return tcp.connect().timeout(CONNECT_TIMEOUT).map(netty -> new SocketConnection(netty, maxBodyBytes));
        });
    }
}

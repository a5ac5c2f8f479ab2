package org.reactortopology.multiprocess.internal.transport;

import java.net.InetSocketAddress;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** Listens on a Unix-domain socket or a loopback port, on one event loop thread of its own. */
public final class SocketServer {

    private static final Duration QUIET = Duration.ZERO;
    private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(5);

    private final LoopResources loop;
    private final DisposableServer server;
    private final Address address;

    private SocketServer(LoopResources loop, DisposableServer server, Address address) {
        this.loop = loop;
        this.server = server;
        this.address = address;
    }

    /**
     * Listens; completes when workers can connect.
     *
     * @param maxBodyBytes longest body of a frame from someone who has not proved who they are
     * @param accepted called on the event loop for each connection
     */
    public static Mono<SocketServer> listen(Address address, int maxBodyBytes, Consumer<Connection> accepted) {
        return Mono.defer(() -> listen(address, maxBodyBytes, PeerUser.ownIfKnown(), accepted));
    }

    /** As above, comparing who connects with that user; null compares with nobody. */
    static Mono<SocketServer> listen(
            Address address, int maxBodyBytes, @Nullable UserPrincipal user, Consumer<Connection> accepted) {
        return Mono.defer(() -> {
            LoopResources loop = LoopResources.create("worker-pool-socket", 1, true);
            TcpServer tcp = TcpServer.create()
                    .bindAddress(address::socketAddress)
                    .runOn(loop, false)
                    .doOnConnection(netty -> accepted.accept(new SocketConnection(netty, maxBodyBytes, user)))
                    .handle((in, out) -> Mono.never());
            return SocketBuffers.of(tcp, address)
                    .bind()
                    .<SocketServer>map(server -> new SocketServer(loop, server, bound(address, server)))
                    .onErrorResume(
                            error -> loop.disposeLater(QUIET, LOOP_TIMEOUT).then(Mono.error(error)));
        });
    }

    /** Where it listens. */
    public Address address() {
        return address;
    }

    /** Stops listening, ends the connections that are left and the event loop; completes when its thread is about to end. */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            server.dispose();
            return server.onDispose().onErrorComplete().then(loop.disposeLater(QUIET, LOOP_TIMEOUT));
        });
    }

    private static Address bound(Address asked, DisposableServer server) {
        return asked instanceof Address.Loopback
                ? new Address.Loopback(((InetSocketAddress) server.address()).getPort())
                : asked;
    }
}

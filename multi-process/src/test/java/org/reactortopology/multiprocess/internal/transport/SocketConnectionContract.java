package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The contract over a real socket. */
abstract class SocketConnectionContract extends ConnectionContract {

    private SocketServer server;

    /** Where to listen. */
    abstract Address address() throws Exception;

    @Override
    Ends connect() throws Exception {
        BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
        server = SocketServer.listen(address(), MAX_BODY, accepted::add).block();
        Connection client = SocketClient.connect(server.address(), MAX_BODY).block();
        Connection served = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(served).isNotNull();
        return new Ends(client, served);
    }

    @Override
    void stop() {
        server.close().block();
    }
}

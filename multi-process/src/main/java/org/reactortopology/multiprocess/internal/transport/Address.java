package org.reactortopology.multiprocess.internal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where a coordinator listens, as it stands on a worker's command line: {@code unix:PATH} or {@code tcp:PORT} of the loopback device. */
public sealed interface Address {

    /** The last port there is. */
    int MOST_PORT = 65_535;

    /** For Netty. */
    SocketAddress socketAddress();

    /** A Unix-domain socket. */
    record Unix(Path path) implements Address {
        /** Refuses an empty path. */
        public Unix {
            if (path.toString().isEmpty()) {
                throw new IllegalArgumentException("the path of the socket is empty: unix:PATH is needed");
            }
        }

        @Override
        public SocketAddress socketAddress() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** A TCP port on the loopback device; 0 when listening means any free one. */
    record Loopback(int port) implements Address {
        /** Refuses what is no port. */
        public Loopback {
            if (port < 0 || port > MOST_PORT) {
                throw new IllegalArgumentException("port is " + port + ": 0 to " + MOST_PORT + " is needed");
            }
        }

        @Override
        public SocketAddress socketAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public String toString() {
            return "tcp:" + port;
        }
    }

    /**
     * Reads what {@code toString} wrote.
     *
     * @throws IllegalArgumentException if it is neither form
     */
    static Address parse(String text) {
        if (text.startsWith("unix:")) {
            return new Unix(Path.of(text.substring("unix:".length())));
        } else if (text.startsWith("tcp:")) {
            return new Loopback(Integer.parseInt(text.substring("tcp:".length())));
        }
        throw new IllegalArgumentException("address is '" + text + "': unix:PATH or tcp:PORT is needed");
    }
}

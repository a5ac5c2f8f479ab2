package org.reactortopology.multiprocess.internal.transport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** How much a connection moves at a time: values of a megabyte need few wake-ups, and buffers of their length are kept. */
final class SocketBuffers {

    /** What the operating system holds on the way to the other side; less if it says so. For a Unix-domain socket; TCP finds its own. */
    private static final int ON_THE_WAY_BYTES = 1024 * 1024;

    private SocketBuffers() {}

    static TcpClient of(TcpClient client, Address address) {
        TcpClient set = client.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        return address instanceof Address.Loopback
                ? set.option(ChannelOption.TCP_NODELAY, true)
                : set.option(ChannelOption.SO_SNDBUF, ON_THE_WAY_BYTES);
    }

    static TcpServer of(TcpServer server, Address address) {
        TcpServer set = server.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        return address instanceof Address.Loopback
                ? set.childOption(ChannelOption.TCP_NODELAY, true)
                : set.childOption(ChannelOption.SO_SNDBUF, ON_THE_WAY_BYTES);
    }
}

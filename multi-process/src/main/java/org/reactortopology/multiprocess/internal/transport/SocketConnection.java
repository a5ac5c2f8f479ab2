package org.reactortopology.multiprocess.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.DecoderException;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.FrameCodec;
import org.reactortopology.multiprocess.internal.wire.FrameDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection over a socket, on a Reactor Netty event loop. */
final class SocketConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final reactor.netty.Connection netty;
    private final Channel channel;
    private final FrameDecoder decoder;
    private final @Nullable String otherUser;
    private final AtomicBoolean reading = new AtomicBoolean();

    /** Written by whoever changes the receiver; read on the event loop. */
    private volatile @Nullable FrameReceiver receiver;

    /** Written on the event loop, or by whoever sets a receiver after that has ended. */
    private volatile boolean over;

    private volatile @Nullable Throwable overBy;
    private volatile @Nullable FrameReceiver toldTheEnd;

    /** Compares the other side's user with that one, unless it is null. */
    SocketConnection(reactor.netty.Connection netty, int maxBodyBytes, @Nullable UserPrincipal user) {
        this.netty = netty;
        this.channel = netty.channel();
        this.otherUser = PeerUser.otherThan(user, channel);
        this.decoder = new FrameDecoder(maxBodyBytes);
        netty.addHandlerLast("frames", decoder);
    }

    @Override
    public void receive(FrameReceiver next) {
        receiver = next;
        if (reading.compareAndSet(false, true)) {
            netty.inbound().receiveObject().cast(Frame.class).subscribe(this::arrived, this::broken, () -> ended(null));
        } else if (!executed(this::tellTheEnd)) {
            tellTheEnd(); // the event loop has ended, so nobody else calls receivers
        }
    }

    @Override
    public void send(Frame frame) {
        if (channel.isActive()) {
            // a failed write closes the channel, which the receiver is told
            var unused = channel.writeAndFlush(FrameCodec.encode(frame, channel.alloc()));
        }
    }

    @Override
    public void execute(Runnable task) {
        if (!executed(task)) {
            LOG.debug("task dropped: the event loop of its connection has ended");
        }
    }

    @Override
    public void later(Runnable task, long nanos) {
        try {
            var unused = channel.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("task dropped: the event loop of its connection has ended");
        }
    }

    @Override
    public void allow(int maxBodyBytes) {
        if (channel.eventLoop().inEventLoop()) {
            decoder.maxBody(maxBodyBytes);
        } else {
            execute(() -> decoder.maxBody(maxBodyBytes));
        }
    }

    @Override
    public @Nullable String otherUser() {
        return otherUser;
    }

    @Override
    public void holdOthers(Duration time) {
        Channel listening = channel.parent();
        if (listening != null && listening.config().isAutoRead()) {
            listening.config().setAutoRead(false);
            var unused = listening
                    .eventLoop()
                    .schedule(() -> listening.config().setAutoRead(true), time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        execute(() -> {
            var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        });
    }

    private void arrived(Frame frame) {
        FrameReceiver to = receiver;
        if (to != null) {
            to.frame(frame);
        }
    }

    private void broken(Throwable error) {
        close();
        ended(error instanceof DecoderException && error.getCause() != null ? error.getCause() : error);
    }

    private void ended(@Nullable Throwable cause) {
        overBy = cause;
        over = true;
        tellTheEnd();
    }

    /** Each receiver that is set when the connection ends or later is told once. */
    private void tellTheEnd() {
        FrameReceiver to = receiver;
        if (over && to != null && to != toldTheEnd) {
            toldTheEnd = to;
            to.closed(overBy);
        }
    }

    private boolean executed(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}

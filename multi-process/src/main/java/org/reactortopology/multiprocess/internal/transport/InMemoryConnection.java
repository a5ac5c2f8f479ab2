package org.reactortopology.multiprocess.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.FrameCodec;
import org.reactortopology.multiprocess.internal.wire.FrameDecoder;
import reactor.core.scheduler.Scheduler;

/**
 * The in-memory twin of the socket: two ends in one JVM, so that the whole protocol runs without processes. Every frame still goes through
 * its bytes.
 */
public final class InMemoryConnection implements Connection {

    private final Mailbox mailbox;
    private final FrameDecoder decoder = new FrameDecoder(Integer.MAX_VALUE);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    /** The fields below are touched by tasks of the mailbox only. */
    private final List<Frame> early = new ArrayList<>();

    private @Nullable FrameReceiver receiver;
    private boolean ended;
    private @Nullable Throwable endedBy;

    /** Set once, right after both ends were made. */
    private @Nullable InMemoryConnection other;

    private InMemoryConnection(Scheduler scheduler) {
        mailbox = new Mailbox(scheduler);
    }

    /** Both ends of a connection. */
    public record Ends(InMemoryConnection left, InMemoryConnection right) {}

    /** Makes a connection whose ends call their receivers on threads of the scheduler. */
    public static Ends pair(Scheduler scheduler) {
        InMemoryConnection left = new InMemoryConnection(scheduler);
        InMemoryConnection right = new InMemoryConnection(scheduler);
        left.other = right;
        right.other = left;
        return new Ends(left, right);
    }

    @Override
    public void receive(FrameReceiver next) {
        mailbox.post(() -> {
            receiver = next;
            early.forEach(next::frame);
            early.clear();
            if (ended) {
                next.closed(endedBy);
            }
        });
    }

    @Override
    public void send(Frame frame) {
        ByteBuf bytes = FrameCodec.encode(frame, UnpooledByteBufAllocator.DEFAULT);
        InMemoryConnection to = otherEnd();
        to.mailbox.post(() -> to.arrived(bytes));
    }

    @Override
    public void execute(Runnable task) {
        mailbox.post(task);
    }

    @Override
    public void allow(int maxBodyBytes) {
        mailbox.post(() -> decoder.maxBody(maxBodyBytes));
    }

    @Override
    public void close() {
        InMemoryConnection to = otherEnd();
        to.mailbox.post(() -> to.end(null));
        mailbox.post(() -> end(null));
    }

    private void arrived(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        try {
            channel.writeInbound(bytes);
            for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                if (receiver == null) {
                    early.add(frame);
                } else {
                    receiver.frame(frame);
                }
            }
        } catch (RuntimeException e) {
            end(e);
            otherEnd().mailbox.post(() -> otherEnd().end(null));
        }
    }

    private void end(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            endedBy = cause;
            var unused = channel.close();
            if (receiver != null) {
                receiver.closed(cause);
            }
        }
    }

    private InMemoryConnection otherEnd() {
        InMemoryConnection end = other;
        if (end == null) {
            throw new IllegalStateException("an end is used before the connection was made");
        }
        return end;
    }
}

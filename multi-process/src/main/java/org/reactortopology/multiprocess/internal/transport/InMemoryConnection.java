package org.reactortopology.multiprocess.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayDeque;
import java.util.Queue;
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

    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private final Mailbox mailbox;
    private final FrameDecoder decoder = new FrameDecoder(Integer.MAX_VALUE);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    /** The fields below are touched by tasks of the mailbox only: frames that no receiver has got. */
    private final Queue<Frame> arrived = new ArrayDeque<>();

    private @Nullable FrameReceiver receiver;
    private boolean delivering;
    private boolean ended;
    private @Nullable Throwable endedBy;
    private @Nullable FrameReceiver toldTheEnd;

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
        if (mailbox.isCurrent()) { // what has come in behind the frame that is being handled goes to the next already
            use(next);
        } else {
            mailbox.post(() -> use(next));
        }
    }

    @Override
    public void send(Frame frame) {
        // on the heap, so that a frame left in the mailbox of an ended thread is no leak
        ByteBuf bytes = FrameCodec.encode(frame, HEAP);
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

    private void use(FrameReceiver next) {
        receiver = next;
        deliver();
    }

    private void arrived(ByteBuf bytes) {
        if (ended) {
            bytes.release();
            return;
        }
        try {
            channel.writeInbound(bytes);
            for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                arrived.add(frame);
            }
        } catch (DecoderException e) {
            breakBy(e.getCause() == null ? e : e.getCause());
        }
        deliver();
    }

    /** Hands out what came in, then the end; a receiver may set the next one meanwhile. */
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (FrameReceiver to = receiver; to != null && !arrived.isEmpty(); to = receiver) {
                to.frame(arrived.remove());
            }
        } catch (RuntimeException e) {
            arrived.clear();
            breakBy(e);
        } finally {
            delivering = false;
        }
        FrameReceiver to = receiver;
        if (ended && to != null && to != toldTheEnd) {
            toldTheEnd = to;
            to.closed(endedBy);
        }
    }

    private void breakBy(Throwable cause) {
        end(cause);
        InMemoryConnection to = otherEnd();
        to.mailbox.post(() -> to.end(null));
    }

    private void end(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            endedBy = cause;
            var unused = channel.close();
        }
        deliver();
    }

    private InMemoryConnection otherEnd() {
        InMemoryConnection end = other;
        if (end == null) {
            throw new IllegalStateException("an end is used before the connection was made");
        }
        return end;
    }
}

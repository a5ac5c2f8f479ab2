package org.reactortopology.multiprocess.internal.process;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.AllocatedBytes;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.FrameDecoder;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Welcome;

/** Whatever a visitor sends, he is let in by the one right HELLO or dropped, and is sent nothing but a WELCOME. */
class HandshakeFuzz {

    private static final int WORKER = 7;
    private static final byte[] TOKEN = new byte[32];

    private static final long FIXED = 512 * 1024;
    private static final int PER_BYTE = 64;

    /** The first byte says in pieces of which length the others come. */
    @FuzzTest
    void visitor(byte[] data) {
        if (data.length > 0) {
            int piece = 1 + (data[0] & 0xff);
            byte[] stream = Arrays.copyOfRange(data, 1, data.length);
            AllocatedBytes.within(
                    FIXED + 512L * (stream.length / piece), PER_BYTE, stream.length, () -> visit(stream, piece));
        }
    }

    private static void visit(byte[] stream, int piece) {
        Greeter greeter = new Greeter(Duration.ofHours(1));
        AtomicReference<Connection> admitted = new AtomicReference<>();
        greeter.expect(WORKER, TOKEN).subscribe(admitted::set);
        Visit visit = new Visit();
        greeter.accept(visit);
        for (int at = 0; at < stream.length; at += piece) {
            visit.arrived(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece)));
        }
        visit.end(null);
        boolean welcomed = visit.sent == 1;
        if (visit.sent > 1 || welcomed != (admitted.get() == visit) || greeter.dropped() != (welcomed ? 0 : 1)) {
            throw new AssertionError(
                    "sent " + visit.sent + ", admitted " + admitted + ", dropped " + greeter.dropped());
        }
    }

    /** A connection whose other side is an array of bytes, on this thread. */
    private static final class Visit implements Connection {
        private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(Greeter.MAX_BODY_BYTES));
        private FrameReceiver receiver;
        private boolean over;
        private int sent;

        void arrived(byte[] bytes) {
            if (over) {
                return;
            }
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
                deliver();
            } catch (DecoderException e) {
                deliver();
                if (!(e.getCause() instanceof ProtocolException)) {
                    throw e;
                }
                end(e.getCause());
            }
        }

        private void deliver() {
            for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
                receiver.frame(frame);
            }
        }

        void end(Throwable cause) {
            if (!over) {
                over = true;
                receiver.closed(cause);
            }
        }

        @Override
        public void receive(FrameReceiver next) {
            receiver = next;
        }

        @Override
        public void send(Frame frame) {
            if (!(frame instanceof Welcome)) {
                throw new AssertionError("a visitor was sent " + frame);
            }
            sent++;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void allow(int maxBodyBytes) {
            throw new AssertionError("a visitor is allowed no more");
        }

        @Override
        public void close() {
            end(null);
        }
    }
}

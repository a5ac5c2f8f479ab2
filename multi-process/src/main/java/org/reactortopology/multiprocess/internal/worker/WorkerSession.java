package org.reactortopology.multiprocess.internal.worker;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Checkpoint;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Ready;
import org.reactortopology.multiprocess.internal.wire.Refused;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's side of the protocol after the handshake. Confined to the connection's thread. */
public final class WorkerSession implements FrameReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

    /** How a session ended. */
    public enum End {
        /** The coordinator said goodbye. */
        GOODBYE,
        /** The coordinator is gone without one. */
        LOST,
        /** What came in was not the protocol. */
        PROTOCOL
    }

    private final Connection connection;
    private final BlackBox box;
    private final Consumer<End> ended;
    private @Nullable SliceRun slice;
    private boolean started;
    private boolean cancelled;
    private boolean over;

    /** Marks in {@code box} what it is busy with. Tells {@code ended} once, on the connection's thread. */
    public WorkerSession(Connection connection, BlackBox box, Consumer<End> ended) {
        this.connection = connection;
        this.box = box;
        this.ended = ended;
    }

    @Override
    public void frame(Frame frame) {
        if (over) {
            return;
        }
        if (frame instanceof Items items) {
            slice(items).items(items);
        } else if (frame instanceof Credit credit) {
            slice(credit).credit(credit);
        } else if (frame instanceof Start start) {
            start(start);
        } else if (frame instanceof Checkpoint) {
            slice(frame).checkpoint();
        } else if (frame instanceof EndOfItems) {
            slice(frame).endOfItems();
        } else if (frame instanceof Cancel) {
            cancelled = true;
            release();
        } else if (frame instanceof Goodbye) {
            end(End.GOODBYE);
        } else {
            throw new ProtocolException("the coordinator sent " + frame.type() + ", which only a worker may send");
        }
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        if (!over) {
            if (cause != null) {
                LOG.error("the connection broke", cause);
            }
            end(cause instanceof ProtocolException ? End.PROTOCOL : End.LOST);
        }
    }

    private void start(Start start) {
        if (started) {
            throw new ProtocolException("START came for run " + start.run() + ": a worker serves one run");
        }
        started = true;
        Thread builder = new Thread(() -> build(start), "topology-build");
        builder.setDaemon(true);
        builder.start();
    }

    private void build(Start start) {
        try {
            SliceRun built = new SliceRun(start.run(), connection, StartMessage.decode(start.message()), box);
            connection.execute(() -> begin(built));
        } catch (Throwable t) { // the user's factory may throw anything
            LOG.error("the topology cannot be built", t);
            connection.send(new Refused(start.run(), t.toString()));
        }
    }

    private void begin(SliceRun built) {
        if (over || cancelled) {
            built.cancel().onErrorComplete().subscribe();
            return;
        }
        slice = built;
        built.begin();
        connection.send(new Ready(built.run(), built.fingerprint()));
        connection.send(built.firstCredit());
    }

    private SliceRun slice(Frame frame) {
        SliceRun current = slice;
        if (current == null || current.run() != frame.run()) {
            throw new ProtocolException(
                    frame.type() + " came for run " + frame.run() + ", which is not under way here");
        }
        return current;
    }

    /** Ends the slice's lanes. */
    private void release() {
        SliceRun current = slice;
        slice = null;
        if (current != null) {
            current.cancel().onErrorComplete().subscribe();
        }
    }

    private void end(End how) {
        over = true;
        release();
        ended.accept(how);
    }
}

package org.reactortopology.multiprocess.internal.worker;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Checkpoint;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Ready;
import org.reactortopology.multiprocess.internal.wire.Refused;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's side of the protocol after the handshake: one run after the other. Confined to the connection's thread. */
public final class WorkerSession implements FrameReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

    /** How a session ended. */
    public enum End {
        /** The coordinator said goodbye. */
        GOODBYE,
        /** The coordinator is gone without one. */
        LOST,
        /** What came in was not the protocol. */
        PROTOCOL,
        /** This JVM can no longer be relied on. */
        FATAL
    }

    /** A run from START to FREE. */
    private static final class Served {
        private final int run;
        private @Nullable SliceRun slice;
        private boolean building = true;
        private boolean cancelled;
        private boolean leaving;

        Served(int run) {
            this.run = run;
        }
    }

    private final Connection connection;
    private final BlackBox box;
    private final @Nullable Claims claims;
    private final Consumer<End> ended;

    /** The run that is here, or null. */
    private @Nullable Served served;

    /** The run that was here before, or null: some of its frames may still come. */
    private @Nullable Served before;

    private boolean over;

    /** As below, without shared memory. */
    public WorkerSession(Connection connection, BlackBox box, Consumer<End> ended) {
        this(connection, box, null, ended);
    }

    /** Marks in {@code box} what it is busy with. Tells {@code ended} once, on the connection's thread. Shares {@code claims} with the coordinator. */
    public WorkerSession(Connection connection, BlackBox box, @Nullable Claims claims, Consumer<End> ended) {
        this.claims = claims;
        this.connection = connection;
        this.box = box;
        this.ended = ended;
    }

    @Override
    public void frame(Frame frame) {
        if (over || isLate(frame)) {
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
            cancel(frame.run());
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

    /** R30, R36: what belongs to a run that was dropped, and credit for outcomes that have all been sent. */
    private boolean isLate(Frame frame) {
        if (frame instanceof Start) {
            return false;
        }
        Served of = served != null && served.run == frame.run() ? served : before;
        return of != null && of.run == frame.run() && (of.cancelled || (of.leaving && frame instanceof Credit));
    }

    private void start(Start start) {
        if (served != null) {
            throw new ProtocolException("START came for run " + start.run() + " while run " + served.run
                    + " is not over here: a worker serves one run at a time");
        }
        Served begun = new Served(start.run());
        served = begun;
        Thread builder = new Thread(() -> build(begun, start), "topology-build");
        builder.setDaemon(true);
        builder.start();
    }

    private void build(Served begun, Start start) {
        Connection watched = new FinishWatch(connection, () -> leave(begun));
        try {
            SliceRun built = new SliceRun(
                    start.run(),
                    watched,
                    StartMessage.decode(start.message()),
                    box,
                    claims,
                    how -> connection.execute(() -> end(how)));
            connection.execute(() -> begin(begun, built));
        } catch (Throwable t) { // the user's factory may throw anything
            LOG.error("the topology cannot be built", t);
            connection.execute(() -> refuse(begun, t));
        }
    }

    private void refuse(Served begun, Throwable why) {
        begun.building = false;
        if (!over) {
            connection.send(new Refused(begun.run, why.toString()));
            if (begun.leaving) {
                free(begun);
            }
        }
    }

    private void begin(Served begun, SliceRun built) {
        begun.building = false;
        if (over || begun.cancelled) {
            built.cancel().onErrorComplete().doFinally(end -> postFree(begun)).subscribe();
            return;
        }
        begun.slice = built;
        connection.send(new Ready(built.run(), built.fingerprint())); // nothing of the run may come before it
        connection.send(built.firstCredit());
        built.begin();
    }

    private void cancel(int run) {
        Served current = served;
        if (current != null && current.run == run) {
            current.cancelled = true;
            leave(current);
        }
    }

    private SliceRun slice(Frame frame) {
        Served current = served;
        SliceRun slice = current == null || current.leaving || current.run != frame.run() ? null : current.slice;
        if (slice == null) {
            throw new ProtocolException(
                    frame.type() + " came for run " + frame.run() + ", which is not under way here");
        }
        return slice;
    }

    /** Ends the run's lanes, if it has come so far, and tells that it is free when they have ended. */
    private void leave(Served leaver) {
        if (leaver.leaving) {
            return;
        }
        leaver.leaving = true;
        SliceRun slice = leaver.slice;
        if (slice != null) {
            leaver.slice = null;
            slice.cancel().onErrorComplete().doFinally(end -> postFree(leaver)).subscribe();
        } else if (!leaver.building) {
            free(leaver);
        }
    }

    private void postFree(Served leaver) {
        connection.execute(() -> free(leaver));
    }

    private void free(Served leaver) {
        if (!over && served == leaver) {
            served = null;
            before = leaver;
            connection.send(new Free(leaver.run));
        }
    }

    private void end(End how) {
        over = true;
        Served current = served;
        if (current != null) {
            leave(current);
        }
        ended.accept(how);
    }
}

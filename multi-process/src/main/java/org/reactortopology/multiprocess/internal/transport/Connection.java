package org.reactortopology.multiprocess.internal.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Frame;
import reactor.core.scheduler.Schedulers;

/**
 * One end of a two-way stream of frames. This is the seam between the protocol and what carries it: the protocol sees no socket.
 *
 * <p>Frames arrive in the order they were sent. What is sent is bounded by the credit that the protocol keeps, so nothing here blocks or
 * refuses.
 */
public interface Connection {

    /**
     * Sets who gets what comes in from now on. Nothing is lost before the first call: it is kept until then. Called by a receiver, it takes
     * effect with the next frame. A receiver that is set after the end is told of the end.
     */
    void receive(FrameReceiver receiver);

    /** Sends a frame; callable from any thread. After the end of the connection it does nothing. */
    void send(Frame frame);

    /** Runs a task on the connection's own thread, where {@link FrameReceiver} is called too. After its end it may not be run. */
    void execute(Runnable task);

    /** As {@link #execute}, when so many nanoseconds have passed. */
    default void later(Runnable task, long nanos) {
        Schedulers.parallel().schedule(() -> execute(task), nanos, TimeUnit.NANOSECONDS);
    }

    /** Allows frames with bodies of up to that many bytes to come in. */
    void allow(int maxBodyBytes);

    /** The user whom the other side runs as, if that is known to be another than this process's; else null. */
    default @Nullable String otherUser() {
        return null;
    }

    /** Lets who listens accept no further connection for that long; a few more may come. They wait with the operating system. */
    default void holdOthers(Duration time) {}

    /** Ends the connection, after what was sent before. */
    void close();
}

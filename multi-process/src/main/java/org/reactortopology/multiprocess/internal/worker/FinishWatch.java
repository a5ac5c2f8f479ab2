package org.reactortopology.multiprocess.internal.worker;

import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;

/** A connection that tells when FINISHED has been sent on it: as a task on its own thread, after the sender is done. */
record FinishWatch(Connection connection, Runnable finished) implements Connection {

    @Override
    public void receive(FrameReceiver receiver) {
        connection.receive(receiver);
    }

    @Override
    public void send(Frame frame) {
        connection.send(frame);
        if (frame instanceof Finished) {
            connection.execute(finished);
        }
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
    }

    @Override
    public void later(Runnable task, long nanos) {
        connection.later(task, nanos);
    }

    @Override
    public void allow(int maxBodyBytes) {
        connection.allow(maxBodyBytes);
    }

    @Override
    public void close() {
        connection.close();
    }
}

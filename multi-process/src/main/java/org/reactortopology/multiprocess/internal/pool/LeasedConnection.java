package org.reactortopology.multiprocess.internal.pool;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.Start;

/**
 * A worker's connection as one run sees it: keeps FREE from the run, counts items, and is dead for the run once that has given the worker back, so
 * that nothing of it gets into the next. The run sends from one thread at a time, which gives back too.
 */
final class LeasedConnection implements Connection {

    private final Connection connection;
    private final AtomicLong items;
    private final long mostItems;
    private final Runnable full;
    private final Runnable freed;

    /** Written by the run's thread, like the two below; read on the connection's thread and by the pool. */
    private volatile @Nullable Frame started;

    private volatile boolean cancelled;
    private volatile boolean over;

    /** Written on the connection's thread; read by the run's thread. */
    private volatile boolean finished;

    /** Written on the connection's thread; read by the pool. */
    private volatile boolean free;

    /**
     * Calls {@code full} when {@code mostItems} is passed, unless that is 0, and {@code freed} when FREE has come.
     *
     * @param items what the worker was given so far, by all runs
     */
    LeasedConnection(Connection connection, AtomicLong items, long mostItems, Runnable full, Runnable freed) {
        this.connection = connection;
        this.items = items;
        this.mostItems = mostItems;
        this.full = full;
        this.freed = freed;
    }

    @Override
    public void receive(FrameReceiver receiver) {
        connection.receive(new Receiver(receiver));
    }

    @Override
    public void send(Frame frame) {
        if (over) {
            return;
        }
        if (frame instanceof Start) {
            started = frame;
        } else if (frame instanceof Cancel) {
            cancelled = true;
        } else if (frame instanceof Items batch) {
            count(batch.entries().size());
        }
        connection.send(frame);
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

    /** Ends the run's use of it; a run that did not see to its end there is cancelled. */
    void giveBack() {
        Frame start = started;
        if (!over && start != null && !cancelled && !finished) {
            connection.send(new Cancel(start.run()));
        }
        over = true;
    }

    /** Whether nothing of the run is in the worker, or ever was. */
    boolean isFree() {
        return free || started == null;
    }

    private void count(int more) {
        long before = items.getAndAdd(more);
        if (mostItems > 0 && before < mostItems && before + more >= mostItems) {
            full.run();
        }
    }

    private final class Receiver implements FrameReceiver {
        private final FrameReceiver receiver;

        Receiver(FrameReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void frame(Frame frame) {
            if (frame instanceof Free) {
                free = true;
                freed.run();
                return;
            }
            if (frame instanceof Finished) {
                finished = true;
            }
            if (!over) {
                receiver.frame(frame);
            }
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            if (!over) {
                receiver.closed(cause);
            }
        }
    }
}

package org.reactortopology.multiprocess.internal.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Watch;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.WorkWatch;
import reactor.util.concurrent.Queues;

/**
 * Tells the coordinator which calls run under a deadline, so that its clock can end this process when a call does not yield. What has come together
 * since the last time goes into one frame. At most as many events wait as calls can begin and end before the connection's thread takes its turn.
 */
final class DeadlineTeller implements WorkWatch {

    /** In one frame. */
    private static final int MOST_EVENTS = 4096;

    private final int run;
    private final Connection connection;
    private final Queue<Watch.Entry> events =
            Queues.<Watch.Entry>unboundedMultiproducer().get();
    private final AtomicBoolean tellingPosted = new AtomicBoolean();

    DeadlineTeller(int run, Connection connection) {
        this.run = run;
        this.connection = connection;
    }

    @Override
    public void began(int work, Item item) {
        tell(work, item, Watch.Event.BEGAN);
    }

    @Override
    public void ticked(int work, Item item) {
        tell(work, item, Watch.Event.TICKED);
    }

    @Override
    public void ended(int work, Item item) {
        tell(work, item, Watch.Event.ENDED);
    }

    private void tell(int work, Item item, Watch.Event event) {
        events.offer(new Watch.Entry(item.index(), work, event));
        if (tellingPosted.compareAndSet(false, true)) {
            connection.execute(this::send);
        }
    }

    private void send() {
        tellingPosted.set(false);
        List<Watch.Entry> batch = new ArrayList<>();
        for (Watch.Entry event = events.poll(); event != null; event = events.poll()) {
            batch.add(event);
            if (batch.size() == MOST_EVENTS) {
                connection.send(new Watch(run, batch));
                batch = new ArrayList<>();
            }
        }
        if (!batch.isEmpty()) {
            connection.send(new Watch(run, batch));
        }
    }
}

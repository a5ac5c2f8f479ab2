package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per event {@code sequence u64 | work u32 | event u8}.
 *
 * @param events at least one, in the order in which they happened
 */
public record Watch(int run, List<Entry> events) implements Frame {

    private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES + 1;

    /** What happened to a call. */
    public enum Event {
        /** The work was called. */
        BEGAN(0),
        /** The work showed progress. */
        TICKED(1),
        /** The call ended. */
        ENDED(2);

        private final int id;

        Event(int id) {
            this.id = id;
        }

        /** The event of that id. */
        static Event of(int id) {
            for (Event event : values()) {
                if (event.id == id) {
                    return event;
                }
            }
            throw new ProtocolException("event is " + id + ": 0, 1 and 2 are known");
        }
    }

    /**
     * A call of a work that has a deadline.
     *
     * @param sequence number of the item
     * @param work place of the work among those of the plan
     */
    public record Entry(long sequence, int work, Event event) {}

    static Watch read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_BYTES, "events");
        List<Entry> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long sequence = WireFormat.readLong(in, "sequence");
            int work = WireFormat.readInt(in, "work");
            events.add(new Entry(sequence, work, Event.of(WireFormat.readByte(in, "event"))));
        }
        return new Watch(run, events);
    }

    @Override
    public FrameType type() {
        return FrameType.WATCH;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(events.size());
        for (Entry entry : events) {
            out.writeLong(entry.sequence());
            out.writeInt(entry.work());
            out.writeByte(entry.event().id);
        }
    }
}

package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per work of the slice, in the order of the topology, {@code calls u64 | failures u64 | nanoseconds u64}, each counted
 * from the start of the run in this worker; then {@code count u32}, and per buffer {@code edge string | depth u32 | capacity u32 | highest u32 |
 * weight u64 | maxWeight u64} as they are now.
 */
public record Stats(int run, List<Entry> works, List<Queue> queues) implements Frame {

    private static final int ENTRY_BYTES = 3 * Long.BYTES;
    private static final int LEAST_QUEUE_BYTES = 4 * Integer.BYTES + 2 * Long.BYTES;

    /** Copies the lists. */
    public Stats {
        works = List.copyOf(works);
        queues = List.copyOf(queues);
    }

    /** What one work has done so far. */
    public record Entry(long calls, long failures, long nanos) {}

    /** How full a buffer is. */
    public record Queue(String edge, int depth, int capacity, int highest, long weight, long maxWeight) {}

    static Stats read(int run, ByteBuf in) {
        int count = WireFormat.readCount(in, ENTRY_BYTES, "works");
        List<Entry> works = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            works.add(new Entry(in.readLong(), in.readLong(), in.readLong()));
        }
        return new Stats(run, works, readQueues(in));
    }

    private static List<Queue> readQueues(ByteBuf in) {
        int count = WireFormat.readCount(in, LEAST_QUEUE_BYTES, "queues");
        List<Queue> queues = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String edge = WireFormat.readString(in, "edge");
            if (in.readableBytes() < LEAST_QUEUE_BYTES - Integer.BYTES) {
                throw new ProtocolException("queue '" + edge + "' is cut off");
            }
            queues.add(new Queue(edge, in.readInt(), in.readInt(), in.readInt(), in.readLong(), in.readLong()));
        }
        return queues;
    }

    @Override
    public FrameType type() {
        return FrameType.STATS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(works.size());
        works.forEach(
                work -> out.writeLong(work.calls()).writeLong(work.failures()).writeLong(work.nanos()));
        out.writeInt(queues.size());
        for (Queue queue : queues) {
            WireFormat.writeString(out, queue.edge());
            out.writeInt(queue.depth()).writeInt(queue.capacity()).writeInt(queue.highest());
            out.writeLong(queue.weight()).writeLong(queue.maxWeight());
        }
    }
}

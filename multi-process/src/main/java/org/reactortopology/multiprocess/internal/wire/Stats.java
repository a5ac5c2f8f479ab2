package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per work of the slice, in the order of the topology, {@code calls u64 | failures u64 | nanoseconds u64}, each counted
 * from the start of the run in this worker.
 */
public record Stats(int run, List<Entry> works) implements Frame {

    private static final int ENTRY_BYTES = 3 * Long.BYTES;

    /** What one work has done so far. */
    public record Entry(long calls, long failures, long nanos) {}

    static Stats read(int run, ByteBuf in) {
        int count = WireFormat.readCount(in, ENTRY_BYTES, "works");
        List<Entry> works = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            works.add(new Entry(in.readLong(), in.readLong(), in.readLong()));
        }
        return new Stats(run, works);
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
    }
}

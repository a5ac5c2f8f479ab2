package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per outcome {@code index u64 | kind u8 | body u32 length and bytes}.
 *
 * @param entries at least one
 */
public record Outcomes(int run, List<Entry> entries) implements Frame {

    /** Bytes that an entry takes besides its body. */
    public static final int ENTRY_OVERHEAD = Long.BYTES + 1 + Integer.BYTES;

    /**
     * How one item ended.
     *
     * @param index the item's index, as it came
     * @param body encoded value or failure; its length is what counts against the byte credit
     */
    public record Entry(long index, OutcomeKind kind, byte[] body) {}

    static Outcomes read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_OVERHEAD, "outcomes");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long index = WireFormat.readLong(in, "index");
            OutcomeKind kind = OutcomeKind.of(WireFormat.readByte(in, "kind"));
            entries.add(new Entry(index, kind, WireFormat.readBytes(in, "body")));
        }
        return new Outcomes(run, entries);
    }

    @Override
    public FrameType type() {
        return FrameType.OUTCOMES;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.index()).writeByte(entry.kind().id());
            WireFormat.writeBytes(out, entry.body());
        }
    }
}

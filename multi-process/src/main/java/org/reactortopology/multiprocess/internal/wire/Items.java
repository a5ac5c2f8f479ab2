package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per item {@code index u64 | key string | payload u32 length and bytes}.
 *
 * @param entries at least one
 */
public record Items(int run, List<Entry> entries) implements Frame {

    /** Bytes that an entry takes besides its key and payload. */
    public static final int ENTRY_OVERHEAD = Long.BYTES + 2 * Integer.BYTES;

    /**
     * One item.
     *
     * @param index its index in the source, which names it in the answer
     * @param payload its encoded value; its length is what counts against the byte credit
     */
    public record Entry(long index, String key, byte[] payload) {}

    static Items read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_OVERHEAD, "items");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long index = WireFormat.readLong(in, "index");
            String key = WireFormat.readString(in, "key");
            entries.add(new Entry(index, key, WireFormat.readBytes(in, "payload")));
        }
        return new Items(run, entries);
    }

    @Override
    public FrameType type() {
        return FrameType.ITEMS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.index());
            WireFormat.writeString(out, entry.key());
            WireFormat.writeBytes(out, entry.payload());
        }
    }
}

package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per item {@code sequence u64 | key string | kind u8 | payload u32 length and bytes}.
 *
 * @param entries at least one
 */
public record Items(int run, List<Entry> entries) implements Frame {

    /** Bytes that an entry takes besides its key and payload. */
    public static final int ENTRY_OVERHEAD = Long.BYTES + 1 + 2 * Integer.BYTES;

    /**
     * One item.
     *
     * @param sequence its number in the run, which names it in the answer
     * @param kind {@link OutcomeKind#DONE} if it has a value; else how it ended before the slice, for works that take such items
     * @param payload its encoded value, or how it ended; its length is what counts against the byte credit
     */
    public record Entry(long sequence, String key, OutcomeKind kind, byte[] payload) {

        /** Bytes that it takes in a frame, its key counted as if it were of ASCII only. */
        public int bytes() {
            return ENTRY_OVERHEAD + key.length() + payload.length;
        }
    }

    static Items read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_OVERHEAD, "items");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long sequence = WireFormat.readLong(in, "sequence");
            String key = WireFormat.readString(in, "key");
            OutcomeKind kind = OutcomeKind.of(WireFormat.readByte(in, "kind"));
            entries.add(new Entry(sequence, key, kind, WireFormat.readBytes(in, "payload")));
        }
        return new Items(run, entries);
    }

    @Override
    public FrameType type() {
        return FrameType.ITEMS;
    }

    @Override
    public int expectedBytes() {
        long bytes = Integer.BYTES;
        for (Entry entry : entries) {
            bytes += entry.bytes();
        }
        return (int) Math.min(bytes, MOST_EXPECTED);
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.sequence());
            WireFormat.writeString(out, entry.key());
            out.writeByte(entry.kind().id());
            WireFormat.writeBytes(out, entry.payload());
        }
    }
}

package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Body: {@code count u32}, then per outcome {@code sequence u64 | key string | kind u8 | body u32 length and bytes}.
 *
 * @param entries at least one
 */
public record Outcomes(int run, List<Entry> entries) implements Frame {

    /** Bytes that an entry takes besides its key and body. */
    public static final int ENTRY_OVERHEAD = Long.BYTES + 1 + 2 * Integer.BYTES;

    /**
     * How an item ended, or one that was made of it.
     *
     * @param sequence the number with which the item came
     * @param key of an item that was made of it; empty for the item itself
     * @param body encoded value or how it ended; its length is what counts against the byte credit
     */
    public record Entry(long sequence, String key, OutcomeKind kind, byte[] body) {

        /** How the item itself ended. */
        public Entry(long sequence, OutcomeKind kind, byte[] body) {
            this(sequence, "", kind, body);
        }

        /** Whether it tells of an item that was made of the one that came, which goes on. */
        public boolean derived() {
            return !key.isEmpty();
        }
    }

    static Outcomes read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_OVERHEAD, "outcomes");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long sequence = WireFormat.readLong(in, "sequence");
            String key = WireFormat.readString(in, "key");
            OutcomeKind kind = OutcomeKind.of(WireFormat.readByte(in, "kind"));
            entries.add(new Entry(sequence, key, kind, WireFormat.readBytes(in, "body")));
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
            out.writeLong(entry.sequence());
            WireFormat.writeString(out, entry.key());
            out.writeByte(entry.kind().id());
            WireFormat.writeBytes(out, entry.body());
        }
    }
}

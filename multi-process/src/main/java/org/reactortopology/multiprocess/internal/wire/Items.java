package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body: {@code count u32}, then per item {@code sequence u64 | key string | kind u8 | payload u32 length and bytes}. Bits of the kind say what stands in
 * place of the payload: see {@link LargeBits}.
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
     * @param payload its encoded value, or how it ended
     * @param large its value, if that stands in place of the payload, which is empty then
     */
    public record Entry(
            long sequence,
            String key,
            OutcomeKind kind,
            byte[] payload,
            @Nullable Large large) {

        /** With its payload. */
        public Entry(long sequence, String key, OutcomeKind kind, byte[] payload) {
            this(sequence, key, kind, payload, null);
        }

        /** What counts against the byte credit. */
        public int bytes() {
            return large == null ? payload.length : large.bytes();
        }
    }

    static Items read(int run, ByteBuf in) {
        int count = WireFormat.readBatchCount(in, ENTRY_OVERHEAD, "items");
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long sequence = WireFormat.readLong(in, "sequence");
            String key = WireFormat.readString(in, "key");
            int flagged = WireFormat.readByte(in, "kind");
            OutcomeKind kind = OutcomeKind.of(flagged & ~LargeBits.ALL);
            Large large = LargeBits.read(flagged, kind, in, "payload");
            byte[] payload = large == null ? WireFormat.readBytes(in, "payload") : LargeBits.NO_BYTES;
            entries.add(new Entry(sequence, key, kind, payload, large));
        }
        return new Items(run, entries);
    }

    @Override
    public FrameType type() {
        return FrameType.ITEMS;
    }

    @Override
    public long bodyBytes() {
        long bytes = Integer.BYTES;
        for (Entry entry : entries) {
            bytes += ENTRY_OVERHEAD + entry.key().length() + LargeBits.bytes(entry.payload(), entry.large());
        }
        return bytes;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.sequence());
            WireFormat.writeString(out, entry.key());
            out.writeByte(entry.kind().id() | LargeBits.of(entry.large()));
            LargeBits.write(out, entry.payload(), entry.large());
        }
    }
}

package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body: {@code count u32}, then per outcome {@code sequence u64 | key string | kind u8 | body u32 length and bytes}. Where the
 * kind's highest bit is set, an {@link OutcomeTrace} stands before the body; other bits say what stands in place of the body, see {@link LargeBits}.
 *
 * @param entries at least one
 */
public record Outcomes(int run, List<Entry> entries) implements Frame {

    /** Bytes that an entry takes besides its key and body. */
    public static final int ENTRY_OVERHEAD = Long.BYTES + 1 + 2 * Integer.BYTES;

    /** In the byte of the kind: a trace follows. */
    private static final int TRACED = 0x80;

    /**
     * How an item ended, or one that was made of it.
     *
     * @param sequence the number with which the item came
     * @param key of an item that was made of it; empty for the item itself
     * @param body encoded value or how it ended
     * @param trace what it went through; null in runs that are not traced
     * @param large the value, if that stands in place of the body, which is empty then
     */
    public record Entry(
            long sequence,
            String key,
            OutcomeKind kind,
            byte[] body,
            @Nullable OutcomeTrace trace,
            @Nullable Large large) {

        /** Without a trace. */
        public Entry(long sequence, String key, OutcomeKind kind, byte[] body) {
            this(sequence, key, kind, body, null, null);
        }

        /** How the item itself ended. */
        public Entry(long sequence, OutcomeKind kind, byte[] body) {
            this(sequence, "", kind, body);
        }

        /** The same entry with that trace. */
        public Entry traced(@Nullable OutcomeTrace by) {
            return new Entry(sequence, key, kind, body, by, large);
        }

        /** Bytes that it takes in a frame, its key counted as if it were of ASCII only. */
        public int bytes() {
            return ENTRY_OVERHEAD + key.length() + LargeBits.bytes(body, large) + (trace == null ? 0 : trace.bytes());
        }

        /** What counts against the byte credit. */
        public int bodyBytes() {
            return large == null ? body.length : large.bytes();
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
            int flagged = WireFormat.readByte(in, "kind");
            OutcomeKind kind = OutcomeKind.of(flagged & ~TRACED & ~LargeBits.ALL);
            OutcomeTrace trace = (flagged & TRACED) == 0 ? null : OutcomeTrace.read(in);
            Large large = LargeBits.read(flagged, kind, in, "body");
            byte[] body = large == null ? WireFormat.readBytes(in, "body") : LargeBits.NO_BYTES;
            entries.add(new Entry(sequence, key, kind, body, trace, large));
        }
        return new Outcomes(run, entries);
    }

    @Override
    public FrameType type() {
        return FrameType.OUTCOMES;
    }

    @Override
    public long bodyBytes() {
        long bytes = Integer.BYTES;
        for (Entry entry : entries) {
            bytes += entry.bytes();
        }
        return bytes;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.sequence());
            WireFormat.writeString(out, entry.key());
            OutcomeTrace trace = entry.trace();
            out.writeByte(entry.kind().id() | (trace == null ? 0 : TRACED) | LargeBits.of(entry.large()));
            if (trace != null) {
                trace.write(out);
            }
            LargeBits.write(out, entry.body(), entry.large());
        }
    }
}

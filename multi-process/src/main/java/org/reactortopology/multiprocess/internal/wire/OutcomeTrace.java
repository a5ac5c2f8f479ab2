package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What an item went through in the worker, in the entry of its outcome: {@code began u64 | attempts u32 | count u32}, then per work that it was in
 * {@code place u32 | nanoseconds u64}, in ascending order of the places.
 *
 * @param began begin of its first call, in microseconds since 1970; 0 if there was none
 * @param attempts the highest number of an attempt among its calls; 0 if there was none
 */
public record OutcomeTrace(long began, int attempts, List<Spent> works) {

    private static final int FIXED_BYTES = Long.BYTES + 2 * Integer.BYTES;
    private static final int SPENT_BYTES = Integer.BYTES + Long.BYTES;

    /**
     * Time in one work.
     *
     * @param place of the work among those of the slice
     */
    public record Spent(int place, long nanos) {}

    /** Its length. */
    int bytes() {
        return FIXED_BYTES + works.size() * SPENT_BYTES;
    }

    static OutcomeTrace read(ByteBuf in) {
        long began = WireFormat.readLong(in, "began");
        int attempts = WireFormat.readInt(in, "attempts");
        if (began < 0 || attempts < 0) {
            throw new ProtocolException(
                    "an item began at " + began + " in " + attempts + " attempts: neither may be below 0");
        }
        int count = WireFormat.readCount(in, SPENT_BYTES, "works of an item");
        List<Spent> works = new ArrayList<>(count);
        int last = -1;
        for (int i = 0; i < count; i++) {
            int place = in.readInt();
            long nanos = in.readLong();
            if (place <= last || nanos < 0) {
                throw new ProtocolException("an item was in work " + place + " for " + nanos + " ns, behind work "
                        + last + ": places must ascend from 0, and no time may be below 0");
            }
            last = place;
            works.add(new Spent(place, nanos));
        }
        return new OutcomeTrace(began, attempts, works);
    }

    void write(ByteBuf out) {
        out.writeLong(began).writeInt(attempts).writeInt(works.size());
        works.forEach(work -> out.writeInt(work.place()).writeLong(work.nanos()));
    }
}

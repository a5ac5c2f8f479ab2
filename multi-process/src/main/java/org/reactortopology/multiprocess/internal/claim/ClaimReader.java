package org.reactortopology.multiprocess.internal.claim;

import java.nio.ByteBuffer;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.RawArray;

/**
 * Reads values that the other side has put into shared memory. Each is copied once, and only the copy is looked at: what the other side writes meanwhile
 * changes nothing but the numbers in it. Thread-safe.
 */
public final class ClaimReader {

    private final Segment segment;
    private final int area;

    ClaimReader(Segment segment, int area) {
        this.segment = segment;
        this.area = area;
    }

    /** Checks that it lies in the area. */
    void check(Claim claim) {
        if (claim.slot() >= Segment.SLOTS) {
            throw new ProtocolException(
                    "a claim has slot " + claim.slot() + ": there are " + Segment.SLOTS + ", from 0");
        }
        if (claim.length() == 0 || claim.length() > segment.capacity() - (long) claim.offset()) {
            throw new ProtocolException("a claim of " + claim.length() + " bytes from " + claim.offset()
                    + " does not lie in an area of " + segment.capacity() + " bytes");
        }
    }

    /**
     * Checks that it lies in the area and is no longer than a value may be.
     *
     * @throws ProtocolException if not
     */
    public void check(Claim claim, int maxItemBytes) {
        check(claim);
        if (claim.length() > maxItemBytes) {
            throw new ProtocolException(
                    "a claim of " + claim.length() + " bytes: an item may have at most " + maxItemBytes);
        }
    }

    /**
     * The value as an array.
     *
     * @throws ProtocolException if there is no memory where it should lie
     */
    public RawArray array(Claim claim) {
        return RawArray.get(claim.tag(), at(claim));
    }

    /** The value as the codec's bytes; as {@link #array}. */
    public byte[] bytes(Claim claim) {
        ByteBuffer at = at(claim);
        byte[] bytes = new byte[claim.length()];
        at.get(bytes);
        return bytes;
    }

    /** The other side may use its place again. */
    public void release(Claim claim) {
        segment.free(area, claim.slot());
    }

    private ByteBuffer at(Claim claim) {
        check(claim);
        if (!segment.isWhole()) {
            throw new ProtocolException("the memory of a claim of " + claim.length() + " bytes from " + claim.offset()
                    + " is gone: something has cut its file short");
        }
        return segment.at(area, claim.offset(), claim.length());
    }
}

package org.reactortopology.multiprocess.internal.worker;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Numbered;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/** What the coordinator may send, and the items that are here: those that have no outcome, or one that was not sent. Confined to the connection's thread. */
final class ItemCredit {

    /** Credit is given back when it has come to this part of all, or when the coordinator may send nothing. */
    private static final int PARTS = 4;

    private final Credit given;

    /** Payload bytes of the items that are here. */
    private final Numbered<Integer> payloadBytes = new Numbered<>();

    /** What the coordinator may still send; the bytes may be below zero by one item. */
    private long itemRoom;

    private long byteRoom;

    /** What has become free since the coordinator was told. */
    private int freedItems;

    private long freedBytes;
    private long answered;

    /** Of a coordinator that is given that from the start. */
    ItemCredit(Credit given) {
        this.given = given;
        this.itemRoom = given.items();
        this.byteRoom = given.bytes();
    }

    /**
     * Notes an item that came in.
     *
     * @throws ProtocolException if it goes beyond the credit that was given
     */
    void received(long sequence, int bytes) {
        if (itemRoom <= 0 || byteRoom <= 0) {
            throw new ProtocolException("an item came with a credit of " + itemRoom + " items and " + byteRoom
                    + " bytes: both must be above 0");
        }
        itemRoom--;
        byteRoom -= bytes;
        payloadBytes.put(sequence, bytes);
    }

    /** Notes that the outcome of an item is being sent. */
    void answered(long sequence) {
        Integer payload = payloadBytes.remove(sequence);
        answered++;
        freedItems++;
        freedBytes += payload == null ? 0 : payload;
    }

    /** How many outcomes of items were ever sent. */
    long answered() {
        return answered;
    }

    /** Items that are here. */
    int here() {
        return payloadBytes.size();
    }

    /** What to give back to the coordinator now, or null if that would not be worth a frame. */
    @Nullable
    Credit more() {
        boolean itemsDue = freedItems > 0 && (itemRoom <= 0 || freedItems >= Math.max(1, given.items() / PARTS));
        boolean bytesDue = freedBytes > 0 && (byteRoom <= 0 || freedBytes >= Math.max(1, given.bytes() / PARTS));
        if (!itemsDue && !bytesDue) {
            return null;
        }
        Credit more = new Credit(given.run(), freedItems, freedBytes);
        itemRoom += freedItems;
        byteRoom += freedBytes;
        freedItems = 0;
        freedBytes = 0;
        return more;
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import io.netty.buffer.ByteBufUtil;
import java.util.Objects;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.claim.LargeValues;
import org.reactortopology.multiprocess.internal.claim.LargeValues.Encoded;
import org.reactortopology.multiprocess.internal.payload.EndedCodec;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.spi.Item;

/**
 * Numbers and encodes items on their way to workers. Those that ended before the slice, and those that cannot cross, leave it at once. Confined to
 * the mailbox.
 */
final class Departure {

    private static final int MAX_KEY_BYTES = 64 * 1024;

    private final String nameBefore;
    private final boolean takesEnded;
    private final boolean keepsIndexes;
    private final LargeValues values;
    private final int maxItemBytes;
    private final OutcomePort port;
    private long next;

    Departure(WorkerSlice slice, LargeValues values, int maxItemBytes, OutcomePort port) {
        this.nameBefore = slice.nameBefore();
        this.takesEnded = slice.takesEnded();
        this.keepsIndexes = slice.keepsIndexes();
        this.values = values;
        this.maxItemBytes = maxItemBytes;
        this.port = port;
    }

    /** Puts an item into the batch, or emits it as it leaves the slice without having been in a worker. */
    void send(Item item, WorkerLink.Batch batch) {
        Outcome<Object> ended = item.ended();
        if (ended != null && !(takesEnded && ended.isFailure())) {
            port.emitOwn(item);
        } else {
            send(new Flight(item, number(item)), batch);
        }
    }

    /** Puts an item into the batch that has been in a worker before, or ends it if it cannot be encoded any more. */
    void send(Flight flight, WorkerLink.Batch batch) {
        Item item = flight.item();
        Outcome<Object> ended = item.ended();
        Encoded payload;
        OutcomeKind kind;
        try {
            kind = ended == null ? OutcomeKind.DONE : EndedCodec.kind(ended);
            Encoded whole = encoded(item);
            payload = ended == null ? whole.claimed(batch.claims()) : whole; // only a value may be claimed (R46)
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            if (!flight.isAnswered()) {
                port.emitOwn(flight.givenUp().failed(nameBefore, e));
            }
            return;
        }
        batch.add(flight, kind, payload.bytes(), payload.large());
    }

    /** The index, if no other item has it: then works that are shown it see the same in every executor. */
    private long number(Item item) {
        return keepsIndexes ? item.index() : next++;
    }

    private Encoded encoded(Item item) {
        // no character takes more than 3 bytes
        int keyBytes = item.key().length() > MAX_KEY_BYTES / 3 ? ByteBufUtil.utf8Bytes(item.key()) : 0;
        if (keyBytes > MAX_KEY_BYTES) {
            throw new PayloadException("the key at index " + item.index() + " is " + keyBytes + " bytes long: at most "
                    + MAX_KEY_BYTES + " may cross to a worker; make the key function shorter");
        }
        if (item.ended() != null) {
            return new Encoded(EndedCodec.encode(item.ended()), null);
        }
        Encoded payload = values.encode(Objects.requireNonNull(item.value()));
        if (payload.length() > maxItemBytes) {
            throw new PayloadException(
                    "item '" + item.key() + "' is " + payload.length() + " bytes long when encoded: at most "
                            + maxItemBytes
                            + " may cross to a worker; raise maxItemBytes, or let the source emit a path or a "
                            + "description and read the data in the worker");
        }
        return payload;
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/** What one worker may send: outcomes and their bytes, so that no more of them wait than its share of the buffer. Confined to the mailbox. */
final class OutcomeCredit {

    /** More is given when this part of the share has become free, or when the worker can send nothing. */
    private static final int PARTS = 4;

    private final int run;
    private final long share;
    private final long byteShare;

    /** Those sent or waiting for the subscriber. */
    private final Places places;

    /** Given and not used; the bytes may be below zero by one outcome. */
    private long outcomes;

    private long bytes;

    OutcomeCredit(int run, RunSettings settings, Places places) {
        this.run = run;
        this.share = settings.outcomeItemShare();
        this.byteShare = settings.outcomeByteShare();
        this.places = places;
    }

    /** What to give the worker now, or null if that would not be worth a frame. */
    @Nullable
    Credit more() {
        long items = share - outcomes - places.outcomes();
        long freeBytes = byteShare - bytes - places.bytes();
        boolean itemsDue = items > 0 && (outcomes == 0 || items >= Math.max(1, share / PARTS));
        boolean bytesDue = freeBytes > 0 && (bytes <= 0 || freeBytes >= Math.max(1, byteShare / PARTS));
        if (!itemsDue && !bytesDue) {
            return null;
        }
        Credit more = new Credit(run, (int) Math.max(0, items), Math.max(0, freeBytes));
        outcomes += more.items();
        bytes += more.bytes();
        return more;
    }

    /**
     * An outcome came.
     *
     * @throws ProtocolException if it goes beyond what was given
     */
    void use(int outcomeBytes) {
        if (outcomes <= 0 || bytes <= 0) {
            throw new ProtocolException("it sent an outcome with a credit of " + outcomes + " outcomes and " + bytes
                    + " bytes: both must be above 0");
        }
        outcomes--;
        bytes -= outcomeBytes;
    }
}

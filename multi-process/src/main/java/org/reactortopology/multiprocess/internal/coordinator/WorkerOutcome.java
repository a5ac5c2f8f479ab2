package org.reactortopology.multiprocess.internal.coordinator;

import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.LargeValues;
import org.reactortopology.multiprocess.internal.payload.EndedCodec;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Trace;

/** Makes of what a worker sent the item that leaves the slice. */
final class WorkerOutcome {

    private WorkerOutcome() {}

    /**
     * The item with its new value or as it ended, or one that was made of it; a value that cannot be decoded makes it fail in the slice's last work.
     *
     * @param sent the item as it went to the worker, whose key, index and lineage it keeps
     */
    static Item decode(Item sent, Outcomes.Entry entry, LargeValues values, @Nullable Claims claims, String lastName) {
        boolean derived = entry.derived();
        String key = derived ? entry.key() : sent.key();
        Lineage lineage = derived ? Lineage.foreign(key, sent.index()) : sent.lineage();
        Trace trace = derived ? Trace.like(sent.trace()) : sent.trace();
        if (entry.kind() != OutcomeKind.DONE) {
            Outcome<Object> how = EndedCodec.decode(entry.kind(), entry.body(), key, sent.index());
            return new Item(key, sent.index(), null, how, lineage, trace);
        }
        try {
            Object value = values.decode(entry.body(), entry.large(), claims);
            return new Item(key, sent.index(), value, null, lineage, trace);
        } catch (ProtocolException e) {
            throw e; // there is no memory where the value should lie: the worker is to blame, not the item
        } catch (RuntimeException
                | LinkageError
                | AssertionError
                | StackOverflowError e) { // a codec of the user's may throw anything, and an outcome must come of it
            Outcome<Object> failed = new Outcome.Failed<>(key, sent.index(), lastName, e);
            return new Item(key, sent.index(), null, failed, lineage, trace);
        }
    }
}

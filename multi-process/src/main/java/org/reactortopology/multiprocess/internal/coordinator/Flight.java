package org.reactortopology.multiprocess.internal.coordinator;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Trace;

/**
 * An item that workers are given until its outcome counts, with what is known against it. Confined to the mailbox.
 */
final class Flight {

    private final Item item;
    private final long number;

    /** Keys of the items made of it whose outcomes have come; made for the first. */
    private @Nullable Set<String> children;

    private int worker = -1;
    private int attempts;
    private int suspicions;
    private int killings;
    private int crashes;
    private int overdues;
    private int escalation;
    private boolean alone;
    private int bytes;
    private @Nullable OutcomeKind answeredAs;

    Flight(Item item, long number) {
        this.item = item;
        this.number = number;
    }

    Item item() {
        return item;
    }

    /** What names it on the wire. */
    long number() {
        return number;
    }

    String key() {
        return item.key();
    }

    /** That worker is given it, with others or alone. */
    void given(int to, boolean byItself) {
        worker = to;
        alone = byItself;
    }

    /** Its encoded length, as it was given last. */
    void bytes(int encoded) {
        bytes = encoded;
    }

    int bytes() {
        return bytes;
    }

    /** A worker died while it was, or may have been, working on it. */
    void tried() {
        attempts++;
    }

    /** How often a worker died while it was working on it. */
    int attempts() {
        return attempts;
    }

    /** How often it was begun in vain: in workers that died while they worked on it, or were killed because it was overdue. */
    int begunInVain() {
        return attempts + overdues;
    }

    /** The item, when it goes to no worker any more; its trace tells of those that it was in. */
    Item givenUp() {
        Trace trace = item.trace();
        if (trace != null && worker >= 0) {
            trace.ran(worker, 0, begunInVain());
        }
        return item;
    }

    /** Whether it was given to its worker alone. */
    boolean isAlone() {
        return alone;
    }

    /** Whether its outcome was emitted; it is kept only because the worker holds what it added to aggregates. */
    boolean isAnswered() {
        return answeredAs != null;
    }

    /**
     * Its outcome has come.
     *
     * @throws TopologyException if one came before, is told, and this one is of another kind: an aggregate would not agree with it
     */
    void answer(OutcomeKind kind) {
        if (answeredAs != null && answeredAs != kind) {
            throw new TopologyException("item '" + key() + "' ended as " + answeredAs
                    + ", but when it was run again, because the worker that had accumulated its value died, as " + kind
                    + ": the aggregates cannot be completed; its works must give the same each time");
        }
        answeredAs = kind;
        children = null;
    }

    /** Whether that outcome, of an item made of this, is the first with its key: those of an earlier attempt come again. */
    boolean isFirst(String child) {
        if (children == null) {
            children = new HashSet<>();
        }
        return children.add(child);
    }

    /** It was being worked on, among others, when its worker died: how often so far. */
    int suspect() {
        return ++suspicions;
    }

    /** Its worker died while it was there alone: how often since it was last found guilty. */
    int killed() {
        return ++killings;
    }

    /** It is found to have killed its worker: how often so far. */
    int crashed() {
        killings = 0;
        return ++crashes;
    }

    /** A call for it exceeded its deadline and its worker was killed for that: how often so far. */
    int overdue() {
        return ++overdues;
    }

    /** By how many steps the heap of the worker that is to run it must be larger. */
    int escalation() {
        return escalation;
    }

    void escalate() {
        escalation++;
    }

    /** How often it was found to have killed its worker. */
    int crashes() {
        return crashes;
    }
}

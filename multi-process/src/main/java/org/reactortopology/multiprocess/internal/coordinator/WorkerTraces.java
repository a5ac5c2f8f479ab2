package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.wire.OutcomeTrace;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Trace;

/** Adds what workers say that items went through to what is known of them here. Confined to the mailbox. */
final class WorkerTraces {

    private final boolean asked;

    /** Places of the slice's works in the plan. */
    private final List<Integer> places;

    WorkerTraces(WorkerSlice slice) {
        this.asked = slice.plan().observer() != null;
        this.places = slice.works();
    }

    /**
     * Looks at an outcome that has come.
     *
     * @throws ProtocolException if it has no trace though START asked for one, or has one though it did not, or that names a work that is not in the
     *     slice
     */
    void check(Outcomes.Entry entry) {
        OutcomeTrace trace = entry.trace();
        if ((trace != null) != asked) {
            throw new ProtocolException("it sent an outcome " + (asked ? "without" : "with")
                    + " a trace, in a run that is " + (asked ? "" : "not ") + "traced");
        }
        if (trace == null || trace.works().isEmpty()) {
            return;
        }
        int last = trace.works().get(trace.works().size() - 1).place(); // the greatest
        if (last >= places.size()) {
            throw new ProtocolException(
                    "an item was in work " + last + " of the slice, which has " + places.size() + " works");
        }
    }

    /** Takes over what became of {@code flight}, or of an item that was made of it, in that worker. */
    void add(Item ended, Outcomes.Entry entry, Flight flight, int worker) {
        Trace trace = ended.trace();
        OutcomeTrace told = entry.trace();
        if (trace != null && told != null) {
            trace.ran(worker, told.began(), told.attempts() + flight.begunInVain());
            told.works().forEach(work -> trace.took(places.get(work.place()), work.nanos()));
        }
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.LargeValues;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.wire.Alive;
import org.reactortopology.multiprocess.internal.wire.Broken;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Ready;
import org.reactortopology.multiprocess.internal.wire.Refused;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.WorkStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workers say: takes each frame to where it belongs and refuses what may not come now. Confined to the mailbox.
 */
final class WorkerDialogue {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerDialogue.class);

    private final WorkerSlice slice;
    private final List<Integer> places;
    private final List<String> aggregates;
    private final String fingerprint;
    private final Codec codec;
    private final LargeValues values;
    private final OutcomePort port;
    private final WorkStats works;
    private final BiConsumer<String, Object> accumulators;
    private final Consumer<WorkerLink> finished;
    private final Runnable progress;
    private final String lastName;
    private final int maxItemBytes;
    private final WorkerTraces traces;
    private long lateAnswers;

    WorkerDialogue(
            WorkerSlice slice,
            String fingerprint,
            Codec codec,
            int maxItemBytes,
            OutcomePort port,
            WorkStats works,
            BiConsumer<String, Object> accumulators,
            Consumer<WorkerLink> finished,
            Runnable progress) {
        this.slice = slice;
        this.places = slice.works();
        this.aggregates = slice.aggregates();
        this.accumulators = accumulators;
        this.finished = finished;
        this.progress = progress;
        this.fingerprint = fingerprint;
        this.codec = codec;
        this.values = new LargeValues(codec);
        this.port = port;
        this.maxItemBytes = maxItemBytes;
        this.works = works;
        this.lastName = slice.lastName();
        this.traces = new WorkerTraces(slice);
    }

    /**
     * A frame came in.
     *
     * @throws ProtocolException if the worker broke the protocol
     * @throws TopologyException if the run cannot go on in any worker
     */
    void heard(WorkerLink link, Frame frame) {
        if (frame.run() != link.run()) {
            throw new ProtocolException(frame.type() + " came for run " + frame.run() + ", not for run " + link.run());
        }
        if (frame instanceof Outcomes outcomes) {
            require(link, WorkerLink.State.READY, frame);
            outcomes.entries().forEach(entry -> accept(link, entry));
            link.answeredTogether((int) outcomes.entries().stream()
                    .filter(entry -> !entry.derived())
                    .count());
        } else if (frame instanceof Credit credit) {
            require(link, WorkerLink.State.READY, frame);
            link.credit(credit);
        } else if (frame instanceof Stats stats) {
            require(link, WorkerLink.State.READY, frame);
            link.stats(stats, places, works);
        } else if (frame instanceof Alive) {
            require(link, WorkerLink.State.READY, frame); // that it came is all it says
        } else if (frame instanceof Ready ready) {
            ready(link, ready);
        } else if (frame instanceof Finished) {
            finished(link, frame);
        } else if (frame instanceof Partial partial) {
            partial(link, partial);
        } else if (frame instanceof Refused refused) {
            throw new WorkerStartException("worker " + link.id() + " cannot run topology '"
                    + slice.plan().name() + "': " + refused.reason());
        } else if (frame instanceof Broken broken) {
            throw new TopologyException("the run broke in worker " + link.id() + ": " + broken.reason());
        } else {
            throw new ProtocolException("it sent " + frame.type() + ", which only a coordinator may send");
        }
    }

    private void ready(WorkerLink link, Ready ready) {
        require(link, WorkerLink.State.CONNECTED, ready);
        if (!ready.fingerprint().equals(fingerprint)) {
            throw new ProtocolException(
                    "it is ready with the topology " + ready.fingerprint() + ", not with " + fingerprint);
        }
        link.ready();
        LOG.debug(
                "worker {} is ready after {} ms",
                link.id(),
                link.report().ready().toMillis());
    }

    private void finished(WorkerLink link, Frame frame) {
        require(link, WorkerLink.State.READY, frame);
        if (link.itemsInFlight() > 0) {
            throw new ProtocolException("it finished without an outcome for '"
                    + link.unfinished().get(0).key() + "'");
        }
        if (!link.isCommitted()) {
            throw new ProtocolException("it finished without an accumulator for each of " + aggregates);
        }
        finished.accept(link);
    }

    private void partial(WorkerLink link, Partial partial) {
        require(link, WorkerLink.State.READY, partial);
        String name = partial.aggregate();
        if (!aggregates.contains(name)) {
            throw new ProtocolException(
                    "it sent an accumulator of '" + name + "': one is due for each of " + aggregates);
        }
        try {
            Object accumulator = codec.decode(partial.accumulator());
            link.partial(name, accumulator, aggregates.size()).forEach(accumulators);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            throw new TopologyException(
                    "aggregate '" + name + "': what worker " + link.id() + " sent cannot be decoded: " + e, e);
        }
    }

    private void accept(WorkerLink link, Outcomes.Entry entry) {
        traces.check(entry);
        Claims claims = link.launched().claims();
        if (!(entry.large() instanceof Claim claim)) {
            accept(link, entry, claims);
            return;
        }
        if (claims == null) {
            throw new ProtocolException("it claimed a value to lie in shared memory, of which it was given none");
        }
        claims.reader().check(claim, maxItemBytes);
        try {
            accept(link, entry, claims);
        } finally {
            claims.reader().release(claim);
        }
    }

    private void accept(WorkerLink link, Outcomes.Entry entry, @Nullable Claims claims) {
        Flight flight = link.answered(entry);
        if (flight == null) {
            lateAnswers++;
            LOG.warn(
                    "worker {} sent an outcome for item number {}, which waits for none; dropped, {} in all",
                    link.id(),
                    entry.sequence(),
                    lateAnswers);
            return;
        }
        progress.run();
        if (link.isNews(flight, entry)) {
            Item ended = WorkerOutcome.decode(flight.item(), entry, values, claims, lastName);
            traces.add(ended, entry, flight, link.id());
            port.emit(ended, link.places(), entry.bodyBytes());
        }
    }

    private static void require(WorkerLink link, WorkerLink.State state, Frame frame) {
        if (link.state() != state) {
            throw new ProtocolException("it sent " + frame.type() + " while it was " + link.state() + ", not " + state);
        }
    }
}

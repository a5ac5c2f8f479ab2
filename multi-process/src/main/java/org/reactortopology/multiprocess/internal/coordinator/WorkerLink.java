package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.wire.Checkpoint;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.Large;
import org.reactortopology.multiprocess.internal.wire.Numbered;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.WorkStats;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What the coordinator knows of one worker: its items in flight, what either side lets the other send, how far it has come. Confined to the
 * mailbox.
 */
final class WorkerLink {

    /** A batch is sent when it has come to so many bytes, its keys counted too: the frame's limit (R8) counts them. */
    private static final int BATCH_BYTES = 64 * 1024;

    /** So many bytes in flight keep a worker busy, unless they are of very few items; more would only push each other out of the processors' caches. */
    private static final long ENOUGH_BYTES = 1024 * 1024;

    /** How far a worker has come. */
    enum State {
        CONNECTED,
        READY,
        FINISHED,
        GONE
    }

    private final int run;
    private final WorkerLauncher.Launched launched;
    private final RunSettings settings;
    private final Places places;
    private final Window window;
    private final LongSupplier nanoTime;
    private final long askedNanos;
    private final int escalation;

    /** Items without an outcome, and those whose outcome was emitted in an earlier attempt. */
    private final Numbered<Flight> inFlight = new Numbered<>();

    /** Encoded bytes of those. */
    private long bytesInFlight;

    private final Epoch epoch;
    private final OutcomeCredit outcomes;
    private final ToldStats told = new ToldStats();
    private final Disposable.Composite timers = Disposables.composite();
    private State state = State.CONNECTED;
    private Duration readyAfter = Duration.ZERO;
    private boolean endDue;
    private boolean endSent;
    private boolean reserved;
    private @Nullable Overdue condemned;
    private int silentFor;

    /** What the worker lets this side send: items and payload bytes. */
    private long itemCredit;

    private long byteCredit;

    private long itemsSent;
    private long outcomesReceived;

    /** Entries of the batch that was sent last. */
    private int usualBatch;

    /**
     * A worker of its own state.
     *
     * @param places where its outcomes wait, together with those of the workers that were in its place before
     * @param askedNanos when the run asked for it
     * @param escalation by how many steps its heap is larger than usual
     * @param aggregating whether accumulators in the worker hold values of items that were answered
     */
    WorkerLink(
            int run,
            WorkerLauncher.Launched launched,
            RunSettings settings,
            Places places,
            boolean aggregating,
            long askedNanos,
            int escalation,
            LongSupplier nanoTime) {
        this.run = run;
        this.launched = launched;
        this.settings = settings;
        this.places = places;
        this.epoch = new Epoch(aggregating);
        this.outcomes = new OutcomeCredit(run, settings, places);
        this.nanoTime = nanoTime;
        this.window = new Window(settings.threads(), Integer.MAX_VALUE, nanoTime);
        this.askedNanos = askedNanos;
        this.escalation = escalation;
    }

    int id() {
        return launched.number();
    }

    int run() {
        return run;
    }

    /** Whether it may send frames of that run about items. */
    boolean isRunning(int ofRun) {
        return state == State.READY && ofRun == run;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    WorkerLauncher.Launched launched() {
        return launched;
    }

    long pid() {
        return launched.pid();
    }

    Places places() {
        return places;
    }

    void ready() {
        state = State.READY;
        readyAfter = Duration.ofNanos(nanoTime.getAsLong() - askedNanos);
        if (endDue) {
            endItems();
        }
    }

    /** By how many steps its heap is larger than usual. */
    int escalation() {
        return escalation;
    }

    /** Keeps the worker for items that are run alone, or lets it have any. */
    void reserve(boolean forItemsAlone) {
        reserved = forItemsAlone;
    }

    void credit(Credit credit) {
        itemCredit += credit.items();
        byteCredit += credit.bytes();
    }

    /** Whether it takes items now. */
    boolean isOpen() {
        return state == State.READY && !endDue && !epoch.isClosing() && itemCredit > 0 && byteCredit > 0;
    }

    /** Items that may be given to the worker now, of which it should have no more than {@code cap} in flight. */
    int room(long cap) {
        if (reserved
                || !isOpen()
                || (bytesInFlight >= ENOUGH_BYTES && inFlight.size() > Window.least(settings.threads()))) {
            return 0;
        }
        long free = Math.min(window.size(), cap) - inFlight.size();
        return (int) Math.max(0, Math.min(free, itemCredit));
    }

    /** A batch of items for this worker. */
    Batch batch() {
        return new Batch();
    }

    /** Collects items and sends them whenever enough have come together. */
    final class Batch {
        private List<Items.Entry> entries = List.of();
        private int bytes;

        private Batch() {}

        /** Adds an item with its encoded value or how it ended. */
        void add(Flight flight, OutcomeKind kind, byte[] payload, @Nullable Large large) {
            Items.Entry entry = new Items.Entry(flight.number(), flight.key(), kind, payload, large);
            flight.given(id(), reserved);
            inFlight.put(flight.number(), flight);
            itemsSent++;
            epoch.given(entry.bytes());
            bytesInFlight += entry.bytes();
            flight.bytes(entry.bytes());
            itemCredit--;
            byteCredit -= entry.bytes();
            if (entries.isEmpty()) {
                entries = new ArrayList<>(usualBatch);
            }
            entries.add(entry);
            bytes += Items.ENTRY_OVERHEAD + flight.key().length() + entry.bytes();
            if (bytes >= BATCH_BYTES) {
                flush();
            }
        }

        /** Where large values of this worker go, if there is such a place. */
        @Nullable
        Claims claims() {
            return launched.claims();
        }

        /** Sends what is left. */
        void flush() {
            if (!entries.isEmpty()) {
                send(new Items(run, entries));
                usualBatch = entries.size();
                entries = List.of();
                bytes = 0;
            }
        }
    }

    /** Lets the worker send more outcomes, if that is worth a frame. */
    void grantOutcomes() {
        Credit more = state == State.READY ? outcomes.more() : null;
        if (more != null) {
            send(more);
        }
    }

    /** An outcome came in. The item that it answers, or null if none is waiting for one. */
    @Nullable
    Flight answered(Outcomes.Entry entry) {
        outcomes.use(entry.bodyBytes());
        outcomesReceived++;
        return inFlight.get(entry.sequence());
    }

    /** Notes an outcome of an item in flight. Whether it is the first of its key, so that it is to be emitted. */
    boolean isNews(Flight flight, Outcomes.Entry entry) {
        boolean first;
        if (entry.derived()) {
            first = !flight.isAnswered() && flight.isFirst(entry.key());
        } else {
            first = !flight.isAnswered();
            flight.answer(entry.kind());
            inFlight.remove(flight.number());
            bytesInFlight -= flight.bytes();
            epoch.answered(flight);
        }
        if (first) {
            places.occupy(entry.bodyBytes());
        }
        return first;
    }

    /** Tells the window that so many outcomes came in together. */
    void answeredTogether(int outcomes) {
        window.answered(outcomes);
    }

    /** Tells the worker once that no item will follow: now, or as soon as it is ready and its accumulators of a checkpoint have come. */
    void endItems() {
        endDue = true;
        if (state == State.READY && !endSent && !epoch.isClosing()) {
            endSent = true;
            send(new EndOfItems(run));
        }
    }

    /** Whether the worker has been told that no item will follow. */
    boolean isEnding() {
        return endDue;
    }

    /** Asks the worker for its accumulators if so much depends on them that losing it would be costly. */
    void checkpointIfDue() {
        if (isOpen() && epoch.isDue(window.size())) {
            epoch.close();
            send(new Checkpoint(run));
        }
    }

    /**
     * An accumulator came in.
     *
     * @param all how many are due
     * @return all of them by name, once the last has come: what was answered before is in them. Otherwise nothing.
     */
    Map<String, Object> partial(String aggregate, Object accumulator, int all) {
        Map<String, Object> complete = epoch.partial(aggregate, accumulator, all, endSent);
        if (!complete.isEmpty() && endDue) {
            endItems();
        }
        return complete;
    }

    /** Whether what the worker accumulated has come. */
    boolean isCommitted() {
        return epoch.isCommitted();
    }

    /** Adds what the worker's works, of those places in the plan, have done since the last time. */
    void stats(Stats stats, List<Integer> ofWorks, WorkStats works) {
        told.add(stats, ofWorks, works);
    }

    /** The buffers in the worker as it last told. Any thread. */
    List<Stats.Queue> queues() {
        return told.queues();
    }

    /** A frame came in, so the worker is not frozen. */
    void heard() {
        silentFor = 0;
    }

    /** Called at equal intervals: in how many of them nothing has come in. */
    int silent() {
        return state == State.READY ? ++silentFor : 0;
    }

    /** It is to be killed for a call that does not end; that item alone is to blame. */
    void condemn(Overdue call) {
        condemned = call;
    }

    /** What it was killed for, if it was. */
    @Nullable
    Overdue condemned() {
        return condemned;
    }

    /** The item of that number, if the worker holds it. */
    @Nullable
    Flight holding(long number) {
        return inFlight.get(number);
    }

    /** What is to be disposed of when it is gone. */
    Disposable.Composite timers() {
        return timers;
    }

    /** Whether it holds the item, rather than only what came of it. */
    boolean holds(Flight flight) {
        return inFlight.get(flight.number()) != null;
    }

    /** Items that it holds. */
    int itemsInFlight() {
        return inFlight.size();
    }

    /** Items that it holds, and those answered that only its accumulators know; in the order of their numbers. */
    List<Flight> unfinished() {
        return Stream.concat(inFlight.values().stream(), epoch.uncommitted().stream())
                .sorted(Comparator.comparingLong(Flight::number))
                .toList();
    }

    WorkerReport report() {
        return new WorkerReport(id(), pid(), itemsSent, outcomesReceived, readyAfter);
    }

    void send(Frame frame) {
        launched.connection().send(frame);
    }
}

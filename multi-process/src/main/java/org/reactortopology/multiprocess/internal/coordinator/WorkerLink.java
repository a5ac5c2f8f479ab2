package org.reactortopology.multiprocess.internal.coordinator;

import io.netty.util.collection.LongObjectHashMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.WorkStats;

/**
 * What the coordinator knows of one worker: its items in flight, what either side lets the other send, how far it has come. Confined to the
 * mailbox.
 */
final class WorkerLink {

    /** A batch is sent when it has come to so many bytes, its keys counted too: the frame's limit (R8) counts them. */
    private static final int BATCH_BYTES = 64 * 1024;

    /** How far a worker has come. */
    enum State {
        STARTING,
        CONNECTED,
        READY,
        FINISHED,
        GONE
    }

    private final int id;
    private final int run;
    private final Feed feed;
    private final RunSettings settings;
    private final Window window;
    private final LongSupplier nanoTime;
    private final long startedNanos;
    private final LongObjectHashMap<Item> inFlight = new LongObjectHashMap<>();

    private State state = State.STARTING;
    private WorkerLauncher.@Nullable Launched launched;
    private Duration readyAfter = Duration.ZERO;
    private boolean endSent;

    /** What the worker lets this side send: items and payload bytes. */
    private long itemCredit;

    private long byteCredit;

    /** What this side lets the worker send and it has not sent: outcomes and bytes; the bytes may be below zero by one outcome. */
    private long outcomeCredit;

    private long outcomeByteCredit;

    /** What it has sent and the subscriber has not taken. */
    private long waiting;

    private long waitingBytes;

    private long itemsSent;
    private long outcomesReceived;
    private @Nullable Stats lastStats;
    private final Set<String> partials = new HashSet<>();

    WorkerLink(int id, int run, Feed feed, RunSettings settings, LongSupplier nanoTime) {
        this.id = id;
        this.run = run;
        this.feed = feed;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.window = new Window(settings.threads(), Integer.MAX_VALUE, nanoTime);
        this.startedNanos = nanoTime.getAsLong();
    }

    int id() {
        return id;
    }

    int run() {
        return run;
    }

    Feed feed() {
        return feed;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    void connected(WorkerLauncher.Launched worker) {
        launched = worker;
        state = State.CONNECTED;
    }

    WorkerLauncher.@Nullable Launched launched() {
        return launched;
    }

    long pid() {
        return launched == null ? 0 : launched.pid();
    }

    void ready() {
        state = State.READY;
        readyAfter = Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
    }

    void credit(Credit credit) {
        itemCredit += credit.items();
        byteCredit += credit.bytes();
    }

    /** Items that may be given to the worker now, of which it should have no more than {@code cap} in flight. */
    int room(long cap) {
        if (state != State.READY || endSent || byteCredit <= 0) {
            return 0;
        }
        long free = Math.min(window.size(), cap) - inFlight.size();
        return (int) Math.max(0, Math.min(free, itemCredit));
    }

    int leastWindow() {
        return window.least();
    }

    /** A batch of items for this worker. */
    Batch batch() {
        return new Batch();
    }

    /** Collects items and sends them whenever enough have come together. */
    final class Batch {
        private List<Items.Entry> entries = new ArrayList<>();
        private int bytes;

        private Batch() {}

        /** Adds an item under its number, with its encoded value or how it ended. */
        void add(long sequence, Item item, OutcomeKind kind, byte[] payload) {
            inFlight.put(sequence, item);
            itemsSent++;
            itemCredit--;
            byteCredit -= payload.length;
            entries.add(new Items.Entry(sequence, item.key(), kind, payload));
            bytes += Items.ENTRY_OVERHEAD + item.key().length() + payload.length;
            if (bytes >= BATCH_BYTES) {
                flush();
            }
        }

        /** Sends what is left. */
        void flush() {
            if (!entries.isEmpty()) {
                send(new Items(run, entries));
                entries = new ArrayList<>();
                bytes = 0;
            }
        }
    }

    /** Lets the worker send more outcomes, once a quarter of its share has become free or it can send nothing at all. */
    void grantOutcomes() {
        if (state != State.READY) {
            return;
        }
        long share = settings.outcomeItemShare();
        long byteShare = settings.outcomeByteShare();
        long items = share - outcomeCredit - waiting;
        long bytes = byteShare - outcomeByteCredit - waitingBytes;
        boolean itemsDue = items > 0 && (outcomeCredit == 0 || items >= Math.max(1, share / 4));
        boolean bytesDue = bytes > 0 && (outcomeByteCredit <= 0 || bytes >= Math.max(1, byteShare / 4));
        if (itemsDue || bytesDue) {
            long moreItems = Math.max(0, items);
            long moreBytes = Math.max(0, bytes);
            outcomeCredit += moreItems;
            outcomeByteCredit += moreBytes;
            send(new Credit(run, (int) moreItems, moreBytes));
        }
    }

    /**
     * An outcome came in: the item that it answers, or null if none is waiting for one.
     *
     * @param closes whether the item itself has ended, rather than one that was made of it
     */
    @Nullable
    Item answered(long sequence, int bytes, boolean closes) {
        if (outcomeCredit <= 0 || outcomeByteCredit <= 0) {
            throw new ProtocolException("it sent an outcome with a credit of " + outcomeCredit + " outcomes and "
                    + outcomeByteCredit + " bytes: both must be above 0");
        }
        outcomesReceived++;
        outcomeCredit--;
        outcomeByteCredit -= bytes;
        Item item = closes ? inFlight.remove(sequence) : inFlight.get(sequence);
        if (item != null) {
            waiting++;
            waitingBytes += bytes;
        }
        return item;
    }

    /** Tells the window that so many outcomes came in together. */
    void answeredTogether(int outcomes) {
        window.answered(outcomes);
    }

    /** The subscriber took an outcome of this worker. */
    void taken(int bytes) {
        waiting--;
        waitingBytes -= bytes;
    }

    /** Tells the worker once that no item will follow. */
    void endItems() {
        if (state == State.READY && !endSent) {
            endSent = true;
            send(new EndOfItems(run));
        }
    }

    /** Adds what the worker's works, of those places in the plan, have done since the last time. */
    void stats(Stats stats, List<Integer> places, WorkStats works) {
        if (stats.works().size() != places.size()) {
            throw new ProtocolException(
                    "STATS count " + stats.works().size() + " works: the slice has " + places.size());
        }
        for (int i = 0; i < stats.works().size(); i++) {
            Stats.Entry now = stats.works().get(i);
            Stats.Entry before = lastStats == null
                    ? new Stats.Entry(0, 0, 0)
                    : lastStats.works().get(i);
            works.add(
                    places.get(i),
                    now.calls() - before.calls(),
                    now.failures() - before.failures(),
                    now.nanos() - before.nanos());
        }
        lastStats = stats;
    }

    /** Whether this is the first accumulator of that aggregate. */
    boolean isFirstPartial(String aggregate) {
        return partials.add(aggregate);
    }

    /** How many aggregates' accumulators have come. */
    int partials() {
        return partials.size();
    }

    /** Keys of the items that have no outcome, in the order of the source. */
    List<String> keysInFlight() {
        return inFlight.values().stream()
                .sorted(Comparator.comparingLong(Item::index))
                .map(Item::key)
                .toList();
    }

    int itemsInFlight() {
        return inFlight.size();
    }

    WorkerReport report() {
        return new WorkerReport(id, pid(), itemsSent, outcomesReceived, readyAfter);
    }

    /** Lets go of the worker. */
    void giveBack() {
        if (launched != null) {
            launched.giveBack();
        }
    }

    void send(Frame frame) {
        if (launched != null) {
            launched.connection().send(frame);
        }
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Partitioning;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Item;

/**
 * Gives items to workers that have room for them: to whoever has most, in steps that shrink towards the end of a source whose length is
 * known (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987); or, where the partitioning names the worker
 * of each item, to that one, in order. What a dead worker had goes first. Confined to the mailbox.
 */
final class Assignment {

    /** Items that no worker sees which may wait for the subscriber. */
    static final int OWN_OUTCOMES = 16;

    private final RunSettings settings;
    private final OutcomePort port;
    private final Departure departure;
    private final List<Slot> slots;
    private final OptionalLong total;
    private final boolean shared;
    private final Partitioning partitioning;

    /** What dead workers had and any may have. */
    private final Deque<Flight> again = new ArrayDeque<>();

    private final Isolation isolation;
    private long taken;
    private int expected;

    Assignment(
            WorkerSlice slice,
            RunSettings settings,
            OutcomePort port,
            Departure departure,
            List<Slot> slots,
            Feeds feeds) {
        this.settings = settings;
        this.port = port;
        this.departure = departure;
        this.slots = slots;
        this.total = feeds.total();
        this.shared = feeds.shared();
        this.partitioning = slice.partitioning();
        this.isolation = new Isolation(slots, departure, settings.sharedPool());
    }

    /** Pulls what there is room for, and hands it out. */
    void assign() {
        if (mayGoOn()) {
            isolation.assign();
        }
        switch (partitioning) {
            case CONTIGUOUS -> slots.forEach(slot -> assign(slot.feed(), slot.again(), receivers(slot)));
            case ON_DEMAND -> assign(slots.get(0).feed(), again, slots);
            case ROUND_ROBIN, BY_KEY -> assignInOrder(slots.get(0).feed());
        }
    }

    /** Takes back an item that had no outcome when the worker of that slot died. */
    void again(Flight flight, Slot slot) {
        (partitioning == Partitioning.ON_DEMAND ? again : slot.again()).add(flight);
    }

    /** Takes back an item that is to be run in a worker of its own. */
    void alone(Flight flight) {
        isolation.add(flight);
    }

    /** Notes that an item will come back later. */
    void expect() {
        expected++;
    }

    /** It has come back. */
    void expected() {
        expected--;
    }

    /** Whether something is left to hand out. */
    boolean remains() {
        return expected > 0
                || !again.isEmpty()
                || !isolation.isEmpty()
                || slots.stream()
                        .anyMatch(
                                slot -> !slot.again().isEmpty() || !slot.feed().exhausted());
    }

    /** The slots that lack a worker and have need of one. */
    List<Slot> understaffed() {
        List<Slot> empty = slots.stream().filter(slot -> !slot.isTaken()).toList();
        if (empty.isEmpty()
                || (partitioning == Partitioning.ON_DEMAND
                        && !slots.get(0).feed().exhausted())) {
            return empty;
        }
        if (partitioning != Partitioning.ON_DEMAND) {
            boolean commonLeft = shared && !slots.get(0).feed().exhausted();
            return empty.stream()
                    .filter(slot -> commonLeft
                            || !slot.feed().exhausted()
                            || !slot.again().isEmpty()
                            || isolation.needs(slot))
                    .toList();
        }
        long forOthers = slots.stream()
                .filter(slot -> slot.isStaffed() && !isolation.isCell(slot))
                .count();
        long missing = Math.max(0, again.size() - forOthers) + (empty.stream().anyMatch(isolation::needs) ? 1 : 0);
        return empty.stream()
                .sorted(Comparator.comparing(slot -> !isolation.needs(slot)))
                .limit(missing)
                .toList();
    }

    private void assign(Feed feed, Deque<Flight> first, List<Slot> receivers) {
        long cap = shared ? cap() : Long.MAX_VALUE;
        pull(feed, receivers, cap, first.size());
        while (first.size() + feed.size() > 0 && mayGoOn()) {
            WorkerLink widest = null;
            int withRoom = 0;
            for (Slot slot : receivers) {
                int room = room(slot, cap);
                withRoom += room > 0 ? 1 : 0;
                if (room > 0 && (widest == null || room > widest.room(cap))) {
                    widest = slot.link();
                }
            }
            if (widest == null) {
                return;
            }
            int fairShare = (first.size() + feed.size() + withRoom - 1) / withRoom;
            give(first, feed, widest, Math.min(widest.room(cap), fairShare));
        }
    }

    /** Each item to its worker; one whose worker has no room waits, and those behind it with it, at most as many as all workers have room for. */
    private void assignInOrder(Feed feed) {
        slots.forEach(this::giveAgain);
        pull(feed, slots, Long.MAX_VALUE, 0);
        Map<WorkerLink, WorkerLink.Batch> batches = new LinkedHashMap<>();
        while (feed.size() > 0 && mayGoOn()) {
            int number = worker(feed.peek());
            WorkerLink link = receiver(slots.get(number));
            if (link == null || link.room(Long.MAX_VALUE) <= 0) {
                break;
            }
            WorkerLink.Batch batch = batches.computeIfAbsent(link, WorkerLink::batch);
            taken++;
            departure.send(feed.take(), batch);
        }
        batches.values().forEach(WorkerLink.Batch::flush);
    }

    private void giveAgain(Slot slot) {
        WorkerLink link = receiver(slot);
        if (link != null && !slot.again().isEmpty()) {
            WorkerLink.Batch batch = link.batch();
            while (!slot.again().isEmpty() && link.room(Long.MAX_VALUE) > 0 && mayGoOn()) {
                departure.send(slot.again().remove(), batch);
            }
            batch.flush();
        }
    }

    /** Those that may have what is for the slot. Of a pool that others use too a run may have fewer workers than slots, and must not wait for more. */
    private List<Slot> receivers(Slot slot) {
        return slot.link() != null || !settings.sharedPool() ? List.of(slot) : slots;
    }

    private @Nullable WorkerLink receiver(Slot slot) {
        WorkerLink widest = null;
        for (Slot each : receivers(slot)) {
            WorkerLink link = each.link();
            if (link != null && (widest == null || link.room(Long.MAX_VALUE) > widest.room(Long.MAX_VALUE))) {
                widest = link;
            }
        }
        return widest;
    }

    /** The hash of a string is laid down by the language; its low bits alone would send keys that end alike to one worker. */
    private int worker(Item item) {
        if (partitioning == Partitioning.ROUND_ROBIN) {
            return (int) (taken % slots.size());
        }
        int hash = item.key().hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 16), slots.size());
    }

    private void pull(Feed feed, List<Slot> receivers, long cap, int waiting) {
        if (mayGoOn()) {
            feed.pull(receivers.stream().mapToLong(slot -> room(slot, cap)).sum() - waiting);
        }
    }

    private static int room(Slot slot, long cap) {
        WorkerLink link = slot.link();
        return link == null ? 0 : link.room(cap);
    }

    private boolean mayGoOn() {
        return port.ownWaiting() < OWN_OUTCOMES;
    }

    /** Most items that one worker may have in flight, so that what is left is shared by all. */
    private long cap() {
        if (total.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long left = total.getAsLong() - taken;
        int workers = slots.size();
        int least = Window.least(settings.threads());
        if (left >= (long) workers * least) {
            return Math.max(least, left / (2L * workers));
        }
        return left >= workers ? settings.threads() + 1L : settings.threads();
    }

    private void give(Deque<Flight> first, Feed feed, WorkerLink link, int items) {
        WorkerLink.Batch batch = link.batch();
        for (int i = 0; i < items && link.room(Long.MAX_VALUE) > 0 && mayGoOn(); i++) {
            if (!first.isEmpty()) {
                departure.send(first.remove(), batch);
            } else if (feed.size() > 0) {
                taken++;
                departure.send(feed.take(), batch);
            }
        }
        batch.flush();
    }
}

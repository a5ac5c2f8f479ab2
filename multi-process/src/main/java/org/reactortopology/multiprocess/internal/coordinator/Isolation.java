package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs suspects one at a time in a worker that has nothing else meanwhile. While there are any, one slot is for them; no further worker is started.
 * Confined to the mailbox.
 */
final class Isolation {

    private final List<Slot> slots;
    private final Departure departure;
    private final boolean sharedPool;
    private final Deque<Flight> waiting = new ArrayDeque<>();
    private @Nullable Slot cell;

    /** {@code sharedPool}: see {@link RunSettings}. */
    Isolation(List<Slot> slots, Departure departure, boolean sharedPool) {
        this.slots = slots;
        this.sharedPool = sharedPool;
        this.departure = departure;
    }

    void add(Flight flight) {
        waiting.add(flight);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** Whether the slot needs a worker for suspects. */
    boolean needs(Slot slot) {
        return !waiting.isEmpty() && (cell == null || cell == slot);
    }

    /** Hands out the next suspect if the one before is done with, and lets the slot go when there is none. */
    void assign() {
        if (!waiting.isEmpty() && (cell == null || mayStayEmpty(cell))) {
            choose();
        }
        Slot slot = cell;
        if (slot == null) {
            return;
        }
        WorkerLink link = slot.link();
        int needed = waiting.isEmpty() ? 0 : waiting.element().escalation();
        if (link == null) {
            slot.escalate(needed); // one that has been asked for already may come with another heap
            if (waiting.isEmpty()) {
                cell = null;
            }
            return;
        }
        link.reserve(true);
        if (link.itemsInFlight() == 0) {
            next(slot, link, needed);
        }
    }

    private void next(Slot slot, WorkerLink link, int needed) {
        if (link.escalation() != needed) {
            slot.escalate(needed);
            link.endItems(); // another takes its place
        } else if (waiting.isEmpty()) {
            cell = null;
            link.reserve(false);
        } else if (link.isOpen()) {
            WorkerLink.Batch batch = link.batch();
            departure.send(waiting.remove(), batch);
            batch.flush();
        }
    }

    /** Of a pool that others use too a slot may not get a worker before they have ended. */
    private boolean mayStayEmpty(Slot slot) {
        return sharedPool && slot.link() == null && slot.escalation() == 0;
    }

    /** An empty slot, whose next worker has nothing to finish first; or one with a worker, if others might keep the empty one waiting. */
    private void choose() {
        Slot chosen = slots.stream().min(Comparator.comparingInt(this::busy)).orElseThrow();
        WorkerLink before = cell == null ? null : cell.link();
        if (before != null && chosen != cell) {
            before.reserve(false);
        }
        cell = chosen;
    }

    private int busy(Slot slot) {
        WorkerLink link = slot.link();
        if (link != null && link.state() == WorkerLink.State.READY && !link.isEnding()) {
            return link.itemsInFlight();
        }
        return sharedPool ? Integer.MAX_VALUE : -1;
    }

    /** Whether that slot is the one for suspects. */
    boolean isCell(Slot slot) {
        return cell == slot;
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import java.util.OptionalLong;
import org.reactortopology.Partitioning;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Item;

/**
 * Gives items to workers that have room for them: to whoever has most, in steps that shrink towards the end of a source whose length is
 * known (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987); or, where the partitioning names the worker
 * of each item, to that one, in order. Confined to the mailbox.
 */
final class Assignment {

    /** Items that no worker sees which may wait for the subscriber. */
    static final int OWN_OUTCOMES = 16;

    private final RunSettings settings;
    private final OutcomePort port;
    private final Departure departure;
    private final List<WorkerLink> links;
    private final OptionalLong total;
    private final boolean shared;
    private final Partitioning partitioning;
    private long taken;

    Assignment(
            WorkerSlice slice,
            RunSettings settings,
            OutcomePort port,
            Departure departure,
            List<WorkerLink> links,
            Feeds feeds) {
        this.settings = settings;
        this.port = port;
        this.departure = departure;
        this.links = links;
        this.total = feeds.total();
        this.shared = feeds.shared();
        this.partitioning = slice.partitioning();
    }

    /** Pulls what there is room for, and hands it out. */
    void assign() {
        switch (partitioning) {
            case CONTIGUOUS -> links.forEach(link -> assign(link.feed(), List.of(link)));
            case ON_DEMAND -> assign(links.get(0).feed(), links);
            case ROUND_ROBIN, BY_KEY -> assignInOrder(links.get(0).feed());
        }
    }

    private void assign(Feed feed, List<WorkerLink> receivers) {
        long cap = shared ? cap() : Long.MAX_VALUE;
        pull(feed, receivers, cap);
        while (feed.size() > 0 && mayGoOn()) {
            WorkerLink widest = null;
            int withRoom = 0;
            for (WorkerLink link : receivers) {
                int room = link.room(cap);
                withRoom += room > 0 ? 1 : 0;
                if (room > 0 && (widest == null || room > widest.room(cap))) {
                    widest = link;
                }
            }
            if (widest == null) {
                return;
            }
            int fairShare = (feed.size() + withRoom - 1) / withRoom;
            give(feed, widest, Math.min(widest.room(cap), fairShare));
        }
    }

    /** Each item to its worker; one whose worker has no room waits, and those behind it with it, at most as many as all workers have room for. */
    private void assignInOrder(Feed feed) {
        pull(feed, links, Long.MAX_VALUE);
        List<WorkerLink.Batch> batches = links.stream().map(WorkerLink::batch).toList();
        while (feed.size() > 0 && mayGoOn()) {
            int worker = worker(feed.peek());
            if (links.get(worker).room(Long.MAX_VALUE) <= 0) {
                break;
            }
            taken++;
            departure.send(feed.take(), batches.get(worker));
        }
        batches.forEach(WorkerLink.Batch::flush);
    }

    /** The hash of a string is laid down by the language; its low bits alone would send keys that end alike to one worker. */
    private int worker(Item item) {
        if (partitioning == Partitioning.ROUND_ROBIN) {
            return (int) (taken % links.size());
        }
        int hash = item.key().hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 16), links.size());
    }

    private void pull(Feed feed, List<WorkerLink> receivers, long cap) {
        if (mayGoOn()) {
            feed.pull(receivers.stream().mapToLong(link -> link.room(cap)).sum());
        }
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
        int workers = links.size();
        int least = links.get(0).leastWindow();
        if (left >= (long) workers * least) {
            return Math.max(least, left / (2L * workers));
        }
        return left >= workers ? settings.threads() + 1L : settings.threads();
    }

    private void give(Feed feed, WorkerLink link, int items) {
        WorkerLink.Batch batch = link.batch();
        for (int i = 0; i < items && feed.size() > 0 && link.room(Long.MAX_VALUE) > 0 && mayGoOn(); i++) {
            taken++;
            departure.send(feed.take(), batch);
        }
        batch.flush();
    }
}

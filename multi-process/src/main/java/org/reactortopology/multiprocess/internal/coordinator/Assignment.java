package org.reactortopology.multiprocess.internal.coordinator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.spi.Item;

/**
 * Gives items to workers that have room for them: to whoever has most, in steps that shrink towards the end of a source whose length is
 * known (guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987). Confined to the mailbox.
 */
final class Assignment {

    private static final int MAX_KEY_BYTES = 64 * 1024;

    /** Outcomes made by the coordinator that may wait for the subscriber. */
    static final int OWN_OUTCOMES = 16;

    private final String source;
    private final Codec codec;
    private final RunSettings settings;
    private final OutcomePort port;

    private final List<WorkerLink> links;
    private final OptionalLong total;
    private final boolean shared;
    private long taken;

    Assignment(
            String source, Codec codec, RunSettings settings, OutcomePort port, List<WorkerLink> links, Feeds feeds) {
        this.source = source;
        this.codec = codec;
        this.settings = settings;
        this.port = port;
        this.links = links;
        this.total = feeds.total();
        this.shared = feeds.shared();
    }

    /** Pulls from the source what there is room for, and hands it out. */
    void assign() {
        if (shared) {
            assign(links.get(0).feed(), links);
        } else {
            links.forEach(link -> assign(link.feed(), List.of(link)));
        }
    }

    private void assign(Feed feed, List<WorkerLink> receivers) {
        long cap = shared ? cap() : Long.MAX_VALUE;
        if (port.ownWaiting() < OWN_OUTCOMES) {
            feed.pull(receivers.stream().mapToLong(link -> link.room(cap)).sum());
        }
        while (feed.size() > 0 && port.ownWaiting() < OWN_OUTCOMES) {
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
        for (int i = 0; i < items && feed.size() > 0 && link.room(Long.MAX_VALUE) > 0; i++) {
            Item item = feed.take();
            taken++;
            byte[] payload;
            try {
                payload = encoded(item);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                port.emitOwn(new Outcome.Failed<>(item.key(), item.index(), source, e));
                continue;
            }
            batch.add(item, payload);
        }
        batch.flush();
    }

    private byte[] encoded(Item item) {
        int keyBytes = item.key().getBytes(StandardCharsets.UTF_8).length;
        if (keyBytes > MAX_KEY_BYTES) {
            throw new PayloadException("the key at index " + item.index() + " is " + keyBytes + " bytes long: at most "
                    + MAX_KEY_BYTES + " may cross to a worker; make the key function shorter");
        }
        byte[] payload = codec.encode(java.util.Objects.requireNonNull(item.value()));
        if (payload.length > settings.maxItemBytes()) {
            throw new PayloadException(
                    "item '" + item.key() + "' is " + payload.length + " bytes long when encoded: at most "
                            + settings.maxItemBytes()
                            + " may cross to a worker; raise maxItemBytes, or let the source emit a path or a "
                            + "description and read the data in the worker");
        }
        return payload;
    }
}

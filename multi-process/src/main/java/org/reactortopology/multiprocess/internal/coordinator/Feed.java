package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.spi.Item;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.concurrent.Queues;

/**
 * A partition of the source: asks for as many items as workers have room for and keeps them until they are assigned, so it never holds more
 * than that. Confined to the mailbox; a source may signal from any thread.
 */
final class Feed implements CoreSubscriber<Item> {

    private final Flux<Item> items;
    private final Mailbox mailbox;
    private final Runnable changed;
    private final Deque<Item> pending = new ArrayDeque<>();

    /**
     * Items, and what to do at other signals, in the order in which the source gave them; filled by its threads, emptied in the mailbox. Bounded by
     * the requests.
     */
    private final Queue<Object> signals =
            Queues.<Object>unboundedMultiproducer().get();

    private final AtomicBoolean takingPosted = new AtomicBoolean();

    private boolean subscribed;
    private boolean cancelled;
    private @Nullable Subscription subscription;
    private long outstanding;
    private boolean ended;
    private @Nullable Throwable error;

    /** Posts {@code changed} when a signal came in outside of {@link #pull}. */
    Feed(Flux<Item> items, Mailbox mailbox, Runnable changed) {
        this.items = items;
        this.mailbox = mailbox;
        this.changed = changed;
    }

    /** Subscribes to the source and asks for nothing yet, so that it can tell of its end. */
    void open() {
        if (!subscribed) {
            subscribed = true;
            items.subscribe(this);
        }
    }

    /** Asks the source for what is missing to hold {@code room} items. */
    void pull(long room) {
        if (ended || room <= 0) {
            return;
        }
        open();
        long missing = room - pending.size() - outstanding;
        Subscription source = subscription;
        if (missing > 0 && source != null && !ended) {
            outstanding += missing;
            source.request(missing);
        }
    }

    int size() {
        return pending.size();
    }

    /** What {@link #take} would give. */
    Item peek() {
        return pending.element();
    }

    Item take() {
        return pending.remove();
    }

    /** Whether the source has ended and nothing is left to assign. */
    boolean exhausted() {
        return ended && pending.isEmpty();
    }

    /** What the source ended with, if that was an error. */
    @Nullable
    Throwable error() {
        return error;
    }

    void cancel() {
        cancelled = true;
        ended = true;
        pending.clear();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription source) {
        signalled((Runnable) () -> {
            subscription = source;
            if (cancelled) {
                source.cancel();
            }
        });
    }

    @Override
    public void onNext(Item item) {
        signalled(item);
    }

    @Override
    public void onError(Throwable failure) {
        signalled((Runnable) () -> {
            ended = true;
            error = failure;
        });
    }

    @Override
    public void onComplete() {
        signalled((Runnable) () -> ended = true);
    }

    /**
     * Takes signals in their order, whichever way they come: a source that answers a request at once does so inside of {@link #pull}, which
     * sees the change itself, but another thread may have signalled just before and be waiting in the mailbox.
     */
    private void signalled(Object signal) {
        if (!mailbox.isCurrent()) {
            signals.offer(signal);
            if (takingPosted.compareAndSet(false, true)) {
                mailbox.post(() -> {
                    takingPosted.set(false);
                    takeSignals();
                    changed.run();
                });
            }
        } else if (signals.isEmpty()) {
            take(signal);
        } else {
            signals.offer(signal);
            takeSignals();
        }
    }

    private void takeSignals() {
        for (Object signal = signals.poll(); signal != null; signal = signals.poll()) {
            take(signal);
        }
    }

    private void take(Object signal) {
        if (signal instanceof Item item) {
            outstanding--;
            if (!cancelled) {
                pending.add(item);
            }
        } else {
            ((Runnable) signal).run();
        }
    }
}

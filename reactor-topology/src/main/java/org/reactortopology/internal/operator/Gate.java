package org.reactortopology.internal.operator;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets at most so many items be between two points of a graph: one pass through {@link #guard} at the first, one call of {@link #release} at the
 * second. Used for one run.
 */
public final class Gate {

    private final int permits;

    /** Set when the flux is subscribed to, before an item can pass. */
    private volatile @Nullable Guard guard;

    /** A gate with that many permits. */
    public Gate(int permits) {
        this.permits = permits;
    }

    /** The items, as far as there are permits, one by one: a source that could be polled is asked as any other. Subscribed to once. */
    public <T> Flux<T> guard(Flux<T> items) {
        return items.hide().transform(Operators.<T, T>lift((scannable, actual) -> {
            GuardSubscriber<T> subscriber = new GuardSubscriber<>(actual, permits);
            guard = subscriber.guard;
            return subscriber;
        }));
    }

    /** An item has left. */
    public void release() {
        Guard current = guard;
        if (current != null) {
            current.more(0, 1);
        }
    }

    /** Asks for as many items as both demand and permits allow. */
    private static final class Guard {

        private final AtomicInteger changes = new AtomicInteger();
        private @Nullable Subscription upstream;

        /** Guarded by this. */
        private long demand;

        /** Guarded by this. */
        private long free;

        Guard(int permits) {
            free = permits;
        }

        void more(long demanded, int released) {
            synchronized (this) {
                demand = Operators.addCap(demand, demanded);
                free += released;
            }
            if (changes.getAndIncrement() == 0) {
                ask();
            }
        }

        private void ask() {
            int missed = 1;
            do {
                long now;
                Subscription source;
                synchronized (this) {
                    now = Math.min(demand, free);
                    free -= now;
                    demand -= demand == Long.MAX_VALUE ? 0 : now;
                    source = upstream;
                }
                if (now > 0 && source != null) {
                    source.request(now);
                }
                missed = changes.addAndGet(-missed);
            } while (missed != 0);
        }
    }

    private static final class GuardSubscriber<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final Guard guard;

        GuardSubscriber(CoreSubscriber<? super T> actual, int permits) {
            this.actual = actual;
            this.guard = new Guard(permits);
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(guard.upstream, subscription)) {
                guard.upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T item) {
            actual.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public void request(long items) {
            if (Operators.validate(items)) {
                guard.more(items, 0);
            }
        }

        @Override
        public void cancel() {
            Subscription source = guard.upstream;
            if (source != null) {
                source.cancel();
            }
        }
    }
}

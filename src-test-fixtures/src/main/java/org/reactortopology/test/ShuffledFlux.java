package org.reactortopology.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Emits values in a random order within a window: of those that are there, at most so many, a random one goes first. Holds values back only as long as
 * the scope says that more may come on this thread; an operator that always collects a full window first would stand still behind a gate of one item.
 */
final class ShuffledFlux<T> extends FluxOperator<T, T> {

    private final long seed;
    private final int window;
    private final ShuffleScope scope;

    ShuffledFlux(Flux<? extends T> source, long seed, int window, ShuffleScope scope) {
        super(source);
        this.seed = seed;
        this.window = window;
        this.scope = scope;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Shuffling<T> shuffling = new Shuffling<>(actual, new Random(seed), window, scope);
        scope.add(shuffling);
        source.subscribe(shuffling);
    }

    private static final class Shuffling<T> implements CoreSubscriber<T>, Subscription, ShuffleScope.Holder {

        private final CoreSubscriber<? super T> actual;
        private final Random random;
        private final int window;
        private final ShuffleScope scope;

        /** Written by the source, read while draining; at most a window of them. */
        private final Queue<T> arrivals = new ConcurrentLinkedQueue<>();

        /** Who raises it from zero drains; the fields below it belong to whoever drains. */
        private final AtomicInteger draining = new AtomicInteger();

        private final List<T> held = new ArrayList<>();
        private int outstanding;
        private boolean ended;

        /** Written by whoever drains, read by who releases. */
        private final AtomicLong emitted = new AtomicLong();

        private final AtomicLong demand = new AtomicLong();
        private volatile boolean releasing;
        private volatile boolean cancelled;
        private volatile boolean done;
        private volatile @Nullable Throwable error;

        /** Set once, before anything is asked for. */
        private @Nullable Subscription upstream;

        Shuffling(CoreSubscriber<? super T> actual, Random random, int window, ShuffleScope scope) {
            this.actual = actual;
            this.random = random;
            this.window = window;
            this.scope = scope;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T value) {
            arrivals.add(value);
            drain();
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
            done = true;
            drain();
        }

        @Override
        public void onComplete() {
            done = true;
            drain();
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (upstream != null) {
                upstream.cancel();
            }
            drain();
        }

        @Override
        public boolean release() {
            long before = emitted.get();
            releasing = true;
            drain();
            return emitted.get() != before;
        }

        private void drain() {
            if (draining.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                while (step()) {
                    // until there is nothing to emit
                }
                missed = draining.addAndGet(-missed);
            } while (missed != 0);
        }

        /** Emits at most one; whether it did. */
        private boolean step() {
            if (cancelled || ended) {
                held.clear();
                arrivals.clear();
                return false;
            }
            fill();
            boolean last = done; // read before what came ahead of it
            takeArrivals();
            if (held.isEmpty()) {
                if (last) {
                    end();
                }
                return false;
            }
            if (demand.get() == 0 || mayHold(last)) {
                return false;
            }
            releasing = false;
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            emitted.incrementAndGet();
            T first = held.remove(random.nextInt(held.size()));
            actual.onNext(first);
            return true;
        }

        private boolean mayHold(boolean last) {
            return held.size() < window && !last && !releasing && scope.isDriven();
        }

        private void fill() {
            takeArrivals();
            int room = window - held.size() - outstanding;
            if (room > 0 && demand.get() > 0 && !done && upstream != null) {
                outstanding += room;
                upstream.request(room);
            }
        }

        private void takeArrivals() {
            for (T value = arrivals.poll(); value != null; value = arrivals.poll()) {
                held.add(value);
                outstanding--;
            }
        }

        private void end() {
            ended = true;
            Throwable thrown = error;
            if (thrown == null) {
                actual.onComplete();
            } else {
                actual.onError(thrown);
            }
        }
    }
}

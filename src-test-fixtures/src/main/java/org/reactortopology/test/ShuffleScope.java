package org.reactortopology.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The calls by which a subscriber drives a run from its own thread: to subscribe, and to ask for more. While such a call is under way, shufflings may hold
 * values back on that thread, as more of them may come before it returns; when it is about to, they release what they hold. So nothing is held while
 * nobody is there who would release it.
 */
final class ShuffleScope {

    /** What releases one value if it holds some; says whether it did. */
    interface Holder {
        boolean release();
    }

    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final List<Holder> holders = new CopyOnWriteArrayList<>();

    void add(Holder holder) {
        holders.add(holder);
    }

    /** Whether a call of this thread is under way. */
    boolean isDriven() {
        Thread driving = driver.get();
        return driving != null && driving.equals(Thread.currentThread());
    }

    <T> Flux<T> drive(Flux<T> flux) {
        return new Driven<>(flux, this);
    }

    private void drive(Runnable call) {
        if (!driver.compareAndSet(null, Thread.currentThread())) {
            call.run(); // within such a call, or beside one of another thread
            return;
        }
        try {
            call.run();
            while (releaseOne()) {
                // each may let more come
            }
        } finally {
            driver.set(null);
        }
    }

    private boolean releaseOne() {
        for (Holder holder : holders) {
            if (holder.release()) {
                return true;
            }
        }
        return false;
    }

    private static final class Driven<T> extends FluxOperator<T, T> {

        private final ShuffleScope scope;

        Driven(Flux<? extends T> source, ShuffleScope scope) {
            super(source);
            this.scope = scope;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> actual) {
            scope.drive(() -> source.subscribe(new Driving<>(actual, scope)));
        }
    }

    private static final class Driving<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final ShuffleScope scope;

        /** Set once, before anything is asked for. */
        private @Nullable Subscription upstream;

        Driving(CoreSubscriber<? super T> actual, ShuffleScope scope) {
            this.actual = actual;
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
            actual.onNext(value);
        }

        @Override
        public void onError(Throwable thrown) {
            actual.onError(thrown);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            Subscription asked = upstream;
            if (asked != null) {
                scope.drive(() -> asked.request(n));
            }
        }

        @Override
        public void cancel() {
            Subscription asked = upstream;
            if (asked != null) {
                asked.cancel();
            }
        }
    }
}

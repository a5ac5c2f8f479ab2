package org.reactortopology.internal.end;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** A flux that {@link EarlyEnd} can complete. */
final class EndableFlux<T> extends FluxOperator<T, T> {

    private final EarlyEnd ends;

    EndableFlux(Flux<T> source, EarlyEnd ends) {
        super(source);
        this.ends = ends;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (ends.refuses()) {
            Operators.complete(actual);
        } else {
            source.subscribe(new Passage<>(actual, ends));
        }
    }

    /**
     * One subscription. Whoever ends it may be any thread, so upstream says when it is passing something on: the last signal is then its to give. Requests
     * are held back until that is settled for {@code onSubscribe}, too.
     */
    private static final class Passage<T> extends Operators.DeferredSubscription implements BatchSubscriber<T> {

        /** Downstream is being subscribed. */
        private static final int NEW = 0;

        private static final int IDLE = 1;

        /** Downstream is being given an item, or several. */
        private static final int BUSY = 2;

        /** To be completed by the one who is giving something to downstream. */
        private static final int ENDING = 3;

        /** The last signal has been given. */
        private static final int OVER = 4;

        private static final VarHandle STATE = state();

        private final CoreSubscriber<? super T> actual;
        private final EarlyEnd ends;
        private final Hold hold = new Hold(this);

        /** Written once by {@code onSubscribe}, before it can be ended. */
        private @Nullable Subscription upstream;

        /** Written by upstream and by the one who ends. */
        private volatile int state;

        Passage(CoreSubscriber<? super T> actual, EarlyEnd ends) {
            this.actual = actual;
            this.ends = ends;
        }

        private static VarHandle state() {
            try {
                return MethodHandles.lookup().findVarHandle(Passage.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription from) {
            if (!Operators.validate(upstream, from)) {
                return;
            }
            upstream = from;
            ends.add(hold);
            actual.onSubscribe(this);
            if (STATE.compareAndSet(this, NEW, IDLE)) {
                set(from); // asks for what was asked for meanwhile
            } else {
                complete();
            }
        }

        @Override
        public void onNext(T item) {
            if (state == BUSY) {
                pass(item); // one of a batch, or from inside of the item before it, which asked for more
            } else if (beginBatch()) {
                try {
                    pass(item);
                } finally {
                    endBatch();
                }
            } else {
                Operators.onDiscard(item, actual.currentContext());
            }
        }

        @Override
        public boolean beginBatch() {
            return STATE.compareAndSet(this, IDLE, BUSY);
        }

        @Override
        public void endBatch() {
            if (!STATE.compareAndSet(this, BUSY, IDLE)) {
                complete();
            }
        }

        private void pass(T item) {
            hold.passed.setRelease(hold.passed.getPlain() + 1);
            actual.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            hold.release();
            int was = (int) STATE.getAndSet(this, OVER);
            if (was == ENDING || was == OVER) {
                Operators.onErrorDropped(error, actual.currentContext());
            } else {
                actual.onError(error);
            }
            if (was == ENDING) {
                hold.cut = true;
                actual.onComplete();
            }
        }

        @Override
        public void onComplete() {
            hold.release();
            if ((int) STATE.getAndSet(this, OVER) != OVER) {
                actual.onComplete();
            }
        }

        void end() {
            int was = state;
            while (was < ENDING && !STATE.weakCompareAndSet(this, was, was == IDLE ? OVER : ENDING)) {
                was = state;
            }
            if (was >= ENDING) {
                return;
            }
            cancelUpstream();
            if (was == IDLE) {
                hold.cut = true;
                actual.onComplete();
            }
        }

        /** Gives the last signal, if this is the one to give it. Threads that upstream runs on may end behind it. */
        private void complete() {
            if (STATE.compareAndSet(this, ENDING, OVER)) {
                cancelUpstream(); // the one who ends may not have come to it yet
                hold.cut = true;
                actual.onComplete();
            }
        }

        private void cancelUpstream() {
            Subscription from = upstream;
            if (from != null) {
                from.cancel();
            }
        }

        @Override
        public void cancel() {
            STATE.compareAndSet(this, IDLE, OVER); // nothing is left to cut
            super.cancel();
            hold.release();
        }
    }

    /** What the ends keep of a subscription: its count, and the subscription as long as there is something to end. */
    private static final class Hold implements Endable {

        /** Written by upstream, one signal at a time. */
        final AtomicLong passed = new AtomicLong();

        /** Written by the one who completes downstream early, before that; read by all. */
        volatile boolean cut;

        /** Written by the one who ends the subscription in any way, read by the one who ends it early. */
        private volatile @Nullable Passage<?> passage;

        Hold(Passage<?> passage) {
            this.passage = passage;
        }

        void release() {
            passage = null;
        }

        @Override
        public void end() {
            Passage<?> open = passage;
            if (open != null) {
                open.end();
                release();
            }
        }

        @Override
        public boolean wasCut() {
            return cut;
        }

        @Override
        public long passed() {
            return passed.getAcquire();
        }
    }
}

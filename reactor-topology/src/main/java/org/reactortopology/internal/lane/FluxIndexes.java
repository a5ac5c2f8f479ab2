package org.reactortopology.internal.lane;

import java.util.function.LongSupplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The indexes from 0 on, of items that any thread can make. The lanes of a {@link FluxLanes} take them as they need them, without a buffer between; for
 * any other subscriber it is a range. Subscribed to once. Never fails.
 */
public final class FluxIndexes extends Flux<Object> {

    private final int size;

    /** Written by the thread that subscribes, read by anyone. */
    private volatile LongSupplier taken = () -> 0;

    /** The indexes below {@code size}. */
    public FluxIndexes(int size) {
        this.size = size;
    }

    /** Indexes taken so far. Any thread. */
    public long taken() {
        return taken.getAsLong();
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> actual) {
        Count count = new Count();
        taken = count;
        Flux.range(0, size).doOnNext(count::passed).subscribe(actual);
    }

    /** Lets the lanes of the run take the indexes, which it knows to be there. */
    void subscribe(LaneRun<?, ?> run, IndexIntake<?> intake) {
        taken = intake::taken;
        run.onSubscribe(Operators.emptySubscription());
        run.onComplete();
    }

    int size() {
        return size;
    }

    /** Counts what passes; one thread at a time adds. */
    private static final class Count implements LongSupplier {

        private volatile long passed;

        @SuppressWarnings("NonAtomicVolatileUpdate") // signals of one flux come one at a time
        void passed(Object index) {
            passed++;
        }

        @Override
        public long getAsLong() {
            return passed;
        }
    }
}

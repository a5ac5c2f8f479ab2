package org.reactortopology.internal.lane;

import org.reactortopology.internal.end.EarlyEnd;
import org.reactortopology.internal.end.Endable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The indexes from 0 on, of items that any thread can make. The lanes of a {@link FluxLanes} take them as they need them, without a buffer between; for
 * any other subscriber it is a range. Subscribed to once. Never fails.
 */
public final class FluxIndexes extends Flux<Object> {

    private final int size;
    private final EarlyEnd end = new EarlyEnd();

    /** The indexes below {@code size}. */
    public FluxIndexes(int size) {
        this.size = size;
    }

    /** Indexes taken so far; about, and also less than before, while lanes take some. Any thread. */
    public long taken() {
        return end.passed();
    }

    /** What ends the indexes early. */
    public Endable early() {
        return end;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> actual) {
        end.guard(Flux.range(0, size)).subscribe(actual);
    }

    /** Lets the lanes of the run take the indexes, which it knows to be there. */
    void subscribe(LaneRun<?, ?> run, IndexIntake<?> intake) {
        intake.endedBy(run);
        end.add(new Taking(intake));
        run.onSubscribe(Operators.emptySubscription());
        run.onComplete();
    }

    int size() {
        return size;
    }

    /** Lanes that take indexes. */
    private record Taking(IndexIntake<?> intake) implements Endable {

        @Override
        public void end() {
            intake.end();
        }

        @Override
        public boolean wasCut() {
            return intake.wasCut();
        }

        @Override
        public long passed() {
            return intake.taken();
        }
    }
}

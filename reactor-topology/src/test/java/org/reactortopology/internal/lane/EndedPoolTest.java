package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/** Threads that end with the run, as those of an executor do, while a lane is about to ask for one more turn. */
class EndedPoolTest {

    /** Tasks run when the test says so, and none is taken any more once the run has ended. */
    private static final class Pool implements Executor {

        final Queue<Runnable> tasks = new ArrayDeque<>();
        boolean ended;
        int refused;

        /** Happens inside the next {@code execute}. */
        @Nullable
        Runnable meanwhile;

        @Override
        public void execute(Runnable task) {
            Runnable first = meanwhile;
            meanwhile = null;
            if (first != null) {
                first.run();
            }
            if (ended) {
                refused++;
                throw new RejectedExecutionException("the run has ended");
            }
            tasks.add(task);
        }

        void runNext() {
            tasks.remove().run();
        }
    }

    private final Pool pool = new Pool();
    private final List<Integer> out = new ArrayList<>();
    private final List<Throwable> dropped = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();

    /** Ends the pool with the run, and asks for nothing by itself. */
    private final BaseSubscriber<Integer> downstream = new BaseSubscriber<>() {
        @Override
        public Context currentContext() {
            return Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>) dropped::add);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Integer item) {
            out.add(item);
        }

        @Override
        protected void hookOnComplete() {
            pool.ended = true;
        }

        @Override
        protected void hookOnError(Throwable error) {
            errors.add(error);
        }

        @Override
        protected void hookOnCancel() {
            pool.ended = true;
        }
    };

    /** All items are there, and the source has ended. */
    private void run(int lanes, int items) {
        LaneFunction<Integer, Integer> same = item -> item;
        LaneRun<Integer, Integer> run = new LaneRun<>(
                downstream,
                Collections.nCopies(lanes, same),
                pool,
                Bound.items(items),
                new QueueGauge("edge", items, Long.MAX_VALUE));
        run.onSubscribe(new BaseSubscriber<Integer>() {});
        run.beginBatch();
        IntStream.range(0, items).forEach(run::onNext);
        run.onComplete();
        run.endBatch();
    }

    /** One item is left. One lane waits for its next turn; the other is idle, and submitted once the last result is asked for. */
    private void untilOneItemIsLeft() {
        run(2, LaneTurns.TURN + 1);
        downstream.request(LaneTurns.TURN - 1);
        pool.runNext();
        pool.runNext();
        assertThat(out).hasSize(LaneTurns.TURN - 1);
        assertThat(pool.tasks).hasSize(1);
    }

    @Test
    void aLaneWhoseTurnEndsWithTheLastItemAsksForNoOther() {
        run(1, LaneTurns.TURN);
        downstream.request(LaneTurns.TURN);
        pool.runNext();
        assertThat(out).hasSize(LaneTurns.TURN);
        assertThat(pool.ended).isTrue();
        assertThat(pool.refused).isZero();
        assertThat(dropped).isEmpty();
    }

    @Test
    void aRunOfOneTurnDropsNothingAsItsThreadsEnd() {
        TopologyRun<Long> run = ParallelExecutor.threads(1)
                .run(Topology.named("turn")
                        .source("numbers", Series.range(0, LaneTurns.TURN, 1))
                        .map("same", Work.cpu(n -> n))
                        .build());
        run.outcomes().contextWrite(downstream.currentContext()).blockLast(LanesOnAPool.LONG);
        run.report().block(LanesOnAPool.LONG); // after the threads have ended
        assertThat(dropped).isEmpty();
    }

    @Test
    void aLaneThatIsRefusedAsAnotherTookTheLastItemIsNoError() {
        untilOneItemIsLeft();
        pool.meanwhile = pool::runNext;
        downstream.request(2);
        assertThat(out).hasSize(LaneTurns.TURN + 1);
        assertThat(pool.refused).isEqualTo(1);
        assertThat(dropped).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void aLaneThatIsRefusedAsTheRunWasCancelledIsNoError() {
        untilOneItemIsLeft();
        pool.meanwhile = downstream::cancel;
        downstream.request(2);
        assertThat(pool.refused).isEqualTo(1);
        assertThat(dropped).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void aLaneThatIsRefusedWhileAnItemWaitsIsAnError() {
        untilOneItemIsLeft();
        pool.meanwhile = () -> pool.ended = true;
        downstream.request(2);
        assertThat(pool.refused).isEqualTo(1);
        assertThat(errors).singleElement().isInstanceOf(RejectedExecutionException.class);
        assertThat(dropped).isEmpty();
    }
}

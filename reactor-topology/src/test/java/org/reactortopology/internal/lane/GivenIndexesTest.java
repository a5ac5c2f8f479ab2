package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Indexes that a lane has been given in advance are open to lanes that had found nothing. */
class GivenIndexesTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final QueueGauge gauge = new QueueGauge("edge", 64, Long.MAX_VALUE);

    private LaneRun<Integer, Integer> run(Intake<Integer> intake, LaneFunction<Integer, Integer> function) {
        return new LaneRun<>(new BaseSubscriber<>() {}, List.of(function, function), tasks::add, intake, 0, 64, gauge);
    }

    private record Quick() implements LaneFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer item) {
            return item;
        }

        @Override
        public boolean isQuick() {
            return true;
        }
    }

    @Test
    void aQuickLaneIsToldThatItWasGivenMore() {
        IndexIntake<Integer> intake = new IndexIntake<>(10, 2, 4, gauge);
        LaneFunction<Integer, Integer> quick = new Quick();
        Lane<Integer, Integer> lane = new Lane<>(0, quick, run(intake, quick).turns());
        List<Boolean> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThat(intake.poll(lane)).isEqualTo(i);
            given.add(lane.wasGivenMore());
        }
        assertThat(given).containsExactly(true, false, false, false, true, false, false, false, true, false);
    }

    /** The other lane looked when the indexes were claimed and not there yet. */
    @Test
    void anIdleLaneIsWokenForWhatAnotherWasGiven() {
        List<Integer> waiting = new ArrayList<>();
        Given intake = new Given();
        LaneRun<Integer, Integer> run = run(intake, item -> {
            waiting.add(tasks.size());
            return item;
        });
        run.onSubscribe(Operators.emptySubscription());
        tasks.remove().run();
        assertThat(waiting)
                .as("tasks of the other lane while items 0, 1 and 2 run")
                .startsWith(0, 0, 1);
    }

    /** One item is there at first; with the third, two more are given. */
    private final class Given extends Intake<Integer> {
        private int next;
        private int left = 1;

        Given() {
            super(1, new QueueGauge("edge", 1, Long.MAX_VALUE));
        }

        @Override
        @Nullable
        Integer poll(Lane<Integer, ?> lane) {
            if (next == 4) {
                return null;
            }
            left = 0;
            if (next == 2) {
                left = 1;
                lane.givenMore();
            }
            return next++;
        }

        @Override
        boolean isEmpty() {
            return left == 0;
        }

        @Override
        void start(Subscription from) {}

        @Override
        boolean offer(Integer item) {
            return false;
        }

        @Override
        long accepted() {
            return 4;
        }

        @Override
        long weight() {
            return 0;
        }

        @Override
        boolean due() {
            return false;
        }

        @Override
        void tend(Subscription from) {}

        @Override
        void discardRest(Context context) {}
    }
}

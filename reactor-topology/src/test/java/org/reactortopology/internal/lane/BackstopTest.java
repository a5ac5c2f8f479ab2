package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;

/** Who looks after what a lane holds, with looks that come when the test says so. */
class BackstopTest {

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final Lane<Integer, Integer> lane = lane();
    private final Backstop<Integer> backstop = new Backstop<>(List.of(lane), batch -> {}, due::add);

    private static Lane<Integer, Integer> lane() {
        LaneFunction<Integer, Integer> same = item -> item;
        LaneRun<Integer, Integer> run = new LaneRun<>(
                new BaseSubscriber<>() {},
                List.of(same),
                task -> {},
                Bound.items(64),
                new QueueGauge("edge", 64, Long.MAX_VALUE));
        return new Lane<>(0, same, run.turns());
    }

    private static Batch<Integer> batchOf(int result) {
        Batch<Integer> batch = new Batch<>(32);
        batch.addLast(result);
        return batch;
    }

    private void look() {
        due.remove().run();
    }

    @Test
    void aLaneThatHasItsResultsInHandIsLookedAtAgain() {
        lane.putDown(batchOf(1));
        backstop.arm();
        Batch<Integer> batch = lane.takeUp();
        look();
        assertThat(lane.takeHeld())
                .as("what is in the lane's hand is left to it")
                .isNull();
        batch.addLast(2);
        lane.putDown(batch);
        assertThat(due).hasSize(1);
    }

    @Test
    void nobodyLooksOnceAllIsHandedOver() {
        lane.putDown(batchOf(1));
        backstop.arm();
        lane.takeUp();
        lane.keepsNothing();
        look();
        assertThat(due).isEmpty();
    }
}

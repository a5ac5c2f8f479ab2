package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;

/** Who looks after what a lane holds, with looks that come when the test says so. */
class BackstopTest {

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final Lane<Integer, Integer> lane = lane();
    private final Queue<Runnable> reliefs = new ArrayDeque<>();
    private final List<Batch<Integer>> taken = new ArrayList<>();
    private boolean ended;
    private final Backstop<Integer> backstop =
            new Backstop<>(List.of(lane), taken::add, look -> later(due, look), relief -> later(reliefs, relief));

    private void later(Queue<Runnable> tasks, Runnable task) {
        if (ended) {
            throw new RejectedExecutionException("ended");
        }
        tasks.add(task);
    }

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

    /** One result after the other, but so slowly that a look comes between them. */
    @Test
    void aBatchIsHandedOverAtTheSecondLookThoughTheLaneGoesOn() {
        Batch<Integer> batch = batchOf(1);
        lane.putDown(batch);
        backstop.arm();
        look();
        assertThat(reliefs).as("at the first look").isEmpty();
        lane.takeUp();
        batch.addLast(2);
        lane.putDown(batch);
        look();
        reliefs.remove().run();
        assertThat(taken).containsExactly(batch);
    }

    @Test
    void aNewBatchIsLeftToTheLane() {
        lane.putDown(batchOf(1));
        backstop.arm();
        look();
        lane.takeUp();
        lane.keepsNothing();
        lane.putDown(batchOf(2));
        look();
        assertThat(reliefs).isEmpty();
    }

    @Test
    void reliefsThatWaitForAThreadDoNotPileUp() {
        lane.putDown(batchOf(1));
        backstop.arm();
        for (int looks = 0; looks < 10; looks++) {
            look();
        }
        assertThat(reliefs).hasSize(1);
        reliefs.remove().run();
        assertThat(taken).hasSize(1);

        lane.putDown(batchOf(2));
        look();
        look();
        reliefs.remove().run();
        assertThat(taken).as("the next relief").hasSize(2);
        look();
        assertThat(due).as("once nothing is held").isEmpty();
    }

    @Test
    void whatIsHeldIsTakenWhenTimersEnd() {
        lane.putDown(batchOf(1));
        backstop.arm();
        ended = true;
        look();
        assertThat(taken).hasSize(1);
        assertThat(backstop.arm()).isFalse();
    }
}

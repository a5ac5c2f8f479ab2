package org.reactortopology.multiprocess.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Start;
import reactor.core.Disposable;

/** Who gets which worker, and when. */
class PoolTest extends PooledRuns {

    @Test
    void nothingStartsBeforeTheFirstLeaseAndThenAllThatAreWantedAtOnce() {
        starter.atOnce = false;
        Pool pool = pool(3, 0, 0, 0);
        assertThat(starter.workers).isEmpty();

        Run run = new Run(pool);
        run.launch(0);
        run.launch(0);
        run.launch(0);
        run.launch(0);

        assertThat(starter.workers).hasSize(3);
        assertThat(run.got).isEmpty();
        starter.worker(1).connect();
        assertThat(run.numbers()).containsExactly(1);
    }

    @Test
    void aWorkerServesTheNextRunWhenItIsFree() {
        Pool pool = pool(1, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        first.start(0, 7);
        first.finish(0, 7);
        Run second = new Run(pool);
        second.launch(0);
        assertThat(second.got).as("lanes of the first may still run").isEmpty();

        starter.worker(0).says(new Free(7));

        assertThat(second.numbers()).containsExactly(0);
        assertThat(starter.workers).hasSize(1);
        assertThat(first.heard).doesNotHaveAnyElementsOfTypes(Free.class);
    }

    @Test
    void freeMayComeBeforeTheRunLetsGo() {
        Pool pool = pool(1, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        first.start(0, 7);
        starter.worker(0).says(new Finished(7));
        starter.worker(0).says(new Free(7));
        Run second = new Run(pool);
        second.launch(0);
        assertThat(second.got).isEmpty();

        first.got.get(0).giveBack();

        assertThat(second.numbers()).containsExactly(0);
    }

    @Test
    void aRunThatLetsGoInTheMiddleIsCancelledInTheWorkerAndSeesAndSendsNothingMore() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.start(0, 7);

        run.got.get(0).giveBack();
        run.got.get(0).connection().send(new Start(8, new byte[0]));
        starter.worker(0).says(new Finished(7));

        assertThat(starter.worker(0).sent).containsExactly(run.started, new Cancel(7));
        assertThat(run.heard).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotBecomeFreeIsKilledAndReplaced() {
        Pool pool = pool(1, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        first.start(0, 7);
        first.finish(0, 7);
        Run second = new Run(pool);
        second.launch(0);

        time.advanceTimeBy(FREE_TIMEOUT.minusMillis(1));
        assertThat(starter.worker(0).killed).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(starter.worker(0).killed).isTrue();
        assertThat(second.numbers()).containsExactly(1);
    }

    @Test
    void aRunWithMoreThanItsShareIsAskedForOneAndWaitsBehind() {
        Pool pool = pool(2, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        first.launch(0);
        first.launch(0); // waits before the second run does
        Run second = new Run(pool);
        second.launch(0);
        assertThat(first.wanted).containsExactly(0);

        first.got.get(0).giveBack();

        assertThat(second.numbers()).containsExactly(0);
        assertThat(first.numbers()).containsExactly(0, 1);
        assertThat(first.wanted).containsExactly(0);
        assertThat(second.wanted).isEmpty();
    }

    @Test
    void runsTakeTurnsWhenThereAreMoreOfThemThanWorkers() {
        Pool pool = pool(2, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        time.advanceTimeBy(Duration.ofMillis(100));
        Run second = new Run(pool);
        second.launch(0);
        Run third = new Run(pool);
        third.launch(0);

        time.advanceTimeBy(Duration.ofMillis(399));
        assertThat(first.wanted).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(first.wanted).containsExactly(0);
        assertThat(second.wanted).isEmpty();
        first.got.get(0).giveBack();
        first.launch(0);
        assertThat(third.numbers()).containsExactly(0);

        time.advanceTimeBy(Duration.ofMillis(100));
        assertThat(second.wanted).containsExactly(1);
        second.got.get(0).giveBack();
        assertThat(first.numbers()).containsExactly(0, 1);
    }

    @Test
    void aRunThatWaitsForMoreThanItsShareAsksNobody() {
        Pool pool = pool(2, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        Run second = new Run(pool);
        second.launch(0);
        second.launch(0);

        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(first.wanted).isEmpty();
        assertThat(second.wanted).isEmpty();
    }

    @Test
    void aCancelledLaunchTakesNoWorker() {
        starter.atOnce = false;
        Pool pool = pool(1, 0, 0, 0);
        Run first = new Run(pool);
        Disposable launch = first.launch(0);
        launch.dispose();
        starter.worker(0).connect();
        assertThat(first.got).isEmpty();

        Run second = new Run(pool);
        second.launch(0);

        assertThat(second.numbers()).containsExactly(0);
        assertThat(starter.workers).hasSize(1);
    }
}

package org.reactortopology.multiprocess.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher.Launched;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Free;

/** When the pool ends a worker and when it starts another. */
class PoolReplacementTest extends PooledRuns {

    @Test
    void anIdleWorkerEnds() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.got.get(0).giveBack();

        time.advanceTimeBy(IDLE_EXIT.minusMillis(1));
        assertThat(starter.worker(0).toldToEnd).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(starter.worker(0).toldToEnd).isTrue();

        run.launch(0);
        assertThat(run.numbers()).containsExactly(0, 1);
    }

    @Test
    void aWorkerThatIsUsedAgainDoesNotEnd() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.got.get(0).giveBack();
        time.advanceTimeBy(IDLE_EXIT.minusMillis(1));
        run.launch(0);
        time.advanceTimeBy(IDLE_EXIT.multipliedBy(3));
        assertThat(starter.worker(0).toldToEnd).isFalse();
    }

    @Test
    void aSpareIsStartedAheadAndTakesThePlaceOfOneThatDies() {
        Pool pool = pool(1, 1, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        assertThat(starter.workers).hasSize(2);
        time.advanceTimeBy(IDLE_EXIT.multipliedBy(2));
        assertThat(starter.worker(1).toldToEnd)
                .as("kept while a run is under way")
                .isFalse();
        starter.atOnce = false;

        starter.worker(0).die("of a signal");
        run.launch(0);

        assertThat(run.numbers()).containsExactly(0, 1);
        assertThat(starter.workers).hasSize(3);
        starter.worker(2).connect();
        run.got.get(1).giveBack();
        time.advanceTimeBy(IDLE_EXIT.multipliedBy(2));
        assertThat(starter.worker(1).toldToEnd).isTrue();
        assertThat(starter.worker(2).toldToEnd).isTrue();
        assertThat(starter.workers).hasSize(3);
    }

    @Test
    void aSpareThatCannotStartIsTriedAgainWithTheNextLeaseOnly() {
        starter.atOnce = false;
        Pool pool = pool(1, 1, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        starter.worker(0).connect();
        starter.worker(1).connected.tryEmitError(new WorkerStartException("no memory"));
        assertThat(starter.workers).hasSize(2);

        run.got.get(0).giveBack();
        run.launch(0);

        assertThat(run.numbers()).containsExactly(0, 0);
        assertThat(starter.workers).hasSize(3);
    }

    @Test
    void aWorkerIsReplacedAfterSoManyItems() {
        Pool pool = pool(1, 0, 3, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.start(0, 7);
        run.got.get(0).connection().send(items(2));
        assertThat(run.wanted).isEmpty();
        run.got.get(0).connection().send(items(1));
        assertThat(run.wanted).containsExactly(0);

        run.finish(0, 7);
        run.launch(0);
        starter.worker(0).says(new Free(7));

        assertThat(starter.worker(0).toldToEnd).isTrue();
        assertThat(run.numbers()).containsExactly(0, 1);
    }

    @Test
    void aWorkerThatHasGrownTooLargeIsReplacedWhenItComesBack() {
        Pool pool = pool(1, 0, 0, MAX_RSS);
        Run run = new Run(pool);
        run.launch(0);
        run.got.get(0).giveBack();
        run.launch(0);
        starter.worker(0).residentBytes = MAX_RSS + 1;
        run.got.get(1).giveBack();
        run.launch(0);

        assertThat(starter.worker(0).toldToEnd).isTrue();
        assertThat(run.numbers()).containsExactly(0, 0, 1);
    }

    @Test
    void aWorkerThatGrowsTooLargeInUseIsAskedBack() {
        Pool pool = pool(1, 0, 0, MAX_RSS);
        Run run = new Run(pool);
        run.launch(0);
        time.advanceTimeBy(PoolSettings.RSS_EVERY.multipliedBy(5));
        assertThat(run.wanted).isEmpty();
        starter.worker(0).residentBytes = MAX_RSS + 1;
        time.advanceTimeBy(PoolSettings.RSS_EVERY);
        assertThat(run.wanted).containsExactly(0);
    }

    @Test
    void aFailedStartIsToldToTheOneThatWaitsLongestAndTheOtherGetsAnother() {
        starter.atOnce = false;
        Pool pool = pool(1, 0, 0, 0);
        Run first = new Run(pool);
        first.launch(0);
        Run second = new Run(pool);
        second.launch(0);

        starter.worker(0).connected.tryEmitError(new WorkerStartException("no memory"));
        starter.worker(1).connect();

        assertThat(first.errors)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("no memory");
        assertThat(second.numbers()).containsExactly(1);
        assertThat(second.errors).isEmpty();
    }

    @Test
    void aWorkerThatDiesWhileItIsIdleIsNotHandedOut() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.got.get(0).giveBack();
        starter.worker(0).die("of boredom");
        run.launch(0);
        assertThat(run.numbers()).containsExactly(0, 1);
        assertThat(starter.worker(0).forgotten).isTrue();
    }

    @Test
    void anIdleWorkerThatSpeaksOrHangsUpIsKilled() {
        Pool pool = pool(2, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.launch(0);
        run.got.forEach(Launched::giveBack);
        starter.worker(0).says(new Finished(1));
        starter.worker(1).close();
        assertThat(starter.worker(0).killed).isTrue();
        assertThat(starter.worker(1).killed).isTrue();
    }

    @Test
    void whatADeadWorkerLeftIsKeptUntilItsRunHasLetGo() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        starter.worker(0).die("of a signal");
        assertThat(starter.worker(0).forgotten).isFalse();
        run.launch(0);
        assertThat(run.numbers()).containsExactly(0, 1);

        run.got.get(0).giveBack();
        assertThat(starter.worker(0).forgotten).isTrue();
        assertThat(starter.worker(0).toldToEnd).isFalse();
    }

    @Test
    void aWorkerOfALargerHeapServesOneLeaseBesideTheOthersAndOneAtATime() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.launch(2);
        run.launch(1);
        assertThat(run.numbers()).containsExactly(0, 1);
        assertThat(starter.worker(1).heapFactor).isEqualTo(4);

        run.got.get(1).giveBack();
        assertThat(starter.worker(1).toldToEnd).isTrue();
        assertThat(starter.workers).hasSize(2);
        starter.worker(1).die("told to end");

        assertThat(run.numbers()).containsExactly(0, 1, 2);
        assertThat(starter.worker(2).heapFactor).isEqualTo(2);
    }
}

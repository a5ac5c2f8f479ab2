package org.reactortopology.multiprocess.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher.Launched;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Start;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Every rule of the pool, in virtual time and without processes. */
class PoolTest {

    private static final Duration FREE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_EXIT = Duration.ofSeconds(60);
    private static final long MAX_RSS = 1000;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FakeStarter starter = new FakeStarter();

    @AfterEach
    void disposeTime() {
        time.dispose();
    }

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

    @Test
    void releaseWaitsUntilNothingOfTheRunIsLeftAndKeepsTheWorker() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.launch(0);
        run.start(0, 7);
        run.finish(0, 7);
        run.release();
        assertThat(run.released).isFalse();

        starter.worker(0).says(new Free(7));

        assertThat(run.released).isTrue();
        assertThat(run.numbers()).containsExactly(0);
        assertThat(starter.worker(0).toldToEnd).isFalse();
        assertThat(starter.closedCleanly).isNull();
    }

    @Test
    void releaseGivesBackWhatTheRunForgot() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.start(0, 7);
        run.release();
        assertThat(starter.worker(0).sent).containsExactly(run.started, new Cancel(7));
        starter.worker(0).says(new Free(7));
        assertThat(run.released).isTrue();
    }

    @Test
    void thePoolOfOneRunEndsWithIt() {
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool.onlyLauncher());
        run.launch(0);
        run.start(0, 7);
        run.finish(0, 7);
        run.release();
        assertThat(run.released).isTrue();
        assertThat(starter.worker(0).toldToEnd).isTrue();
        assertThat(starter.closedCleanly).isTrue();
    }

    @Test
    void closingKillsWhatIsInUseEndsWhatIsIdleAndFailsWhoWaits() {
        Pool pool = pool(2, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(0);
        run.launch(0);
        run.got.get(1).giveBack();
        starter.atOnce = false;
        run.launch(1);
        Run other = new Run(pool);
        other.launch(0);
        other.launch(0);
        List<String> endings = new ArrayList<>();
        run.got.get(0).ending().subscribe(ending -> endings.add(ending.how()));

        pool.close().subscribe();
        pool.close().subscribe();

        assertThat(starter.worker(0).killed).isTrue();
        assertThat(starter.worker(2).stopped).isTrue();
        assertThat(endings).singleElement().asString().contains("the worker pool was closed under the run");
        assertThat(other.errors).singleElement().asString().contains("pool is closed");
        assertThat(run.errors).singleElement().asString().contains("pool is closed");
        assertThat(starter.closedCleanly).isFalse();
        other.launch(0);
        assertThat(other.errors).hasSize(2);
        assertThat(starter.workers).hasSize(3);
    }

    @Test
    void aWorkerThatIsStoppedWhenItHasJustConnectedIsKilledAndForgotten() {
        starter.atOnce = false;
        Pool pool = pool(1, 0, 0, 0);
        Run run = new Run(pool);
        run.launch(1);

        pool.post(() -> {
            run.release();
            starter.worker(0).connect(); // comes behind the release, which cannot stop it any more
        });

        assertThat(starter.worker(0).killed).isTrue();
        assertThat(starter.worker(0).forgotten).isTrue();
        assertThat(run.got).isEmpty();
    }

    private Pool pool(int workers, int spares, long recycleAfter, long maxRss) {
        PoolSettings settings = new PoolSettings(
                workers,
                spares,
                IDLE_EXIT,
                recycleAfter,
                maxRss,
                PoolSettings.RSS_EVERY,
                PoolSettings.QUANTUM,
                FREE_TIMEOUT);
        return new Pool(settings, starter, time, time);
    }

    private static Items items(int count) {
        List<Items.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Items.Entry(i, "k" + i, OutcomeKind.DONE, new byte[0]));
        }
        return new Items(7, entries);
    }

    /** A run and what it got. */
    private static final class Run {
        private final WorkerLauncher launcher;
        final List<Launched> got = new ArrayList<>();
        final List<Integer> wanted = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final List<Frame> heard = new ArrayList<>();
        Frame started = new Start(0, new byte[0]);
        boolean released;

        Run(Pool pool) {
            this(pool.launcher());
        }

        Run(WorkerLauncher launcher) {
            this.launcher = launcher;
        }

        Disposable launch(int escalation) {
            Mono<Launched> launch = launcher.launch(Math.pow(2, escalation));
            return launch.subscribe(
                    launched -> {
                        got.add(launched);
                        launched.wanted().subscribe(nothing -> {}, error -> {}, () -> wanted.add(launched.number()));
                    },
                    errors::add);
        }

        void start(int place, int run) {
            got.get(place).connection().receive(new FrameReceiver() {
                @Override
                public void frame(Frame frame) {
                    heard.add(frame);
                }

                @Override
                public void closed(Throwable cause) {
                    heard.add(null);
                }
            });
            started = new Start(run, new byte[0]);
            got.get(place).connection().send(started);
        }

        void finish(int place, int run) {
            ((FakeStarter.FakeWorker) ((Lease) got.get(place)).member().worker()).says(new Finished(run));
            heard.removeIf(Finished.class::isInstance);
            got.get(place).giveBack();
        }

        List<Integer> numbers() {
            return got.stream().map(Launched::number).toList();
        }

        void release() {
            launcher.release(true).subscribe(nothing -> {}, error -> {}, () -> released = true);
        }
    }
}

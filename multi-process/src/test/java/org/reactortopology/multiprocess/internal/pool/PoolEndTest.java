package org.reactortopology.multiprocess.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Free;

/** How runs release the pool, and what is left of it when it is closed. */
class PoolEndTest extends PooledRuns {

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
}

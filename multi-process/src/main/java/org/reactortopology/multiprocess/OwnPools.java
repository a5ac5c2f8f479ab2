package org.reactortopology.multiprocess;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.pool.Pool;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.process.ProcessStarter;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A pool for each run, which ends with it; one may be there before its run is. */
final class OwnPools implements Launchers {

    private final WorkerPoolBuilder settings;

    /** Started, and for the run that comes next. */
    private final AtomicReference<@Nullable Ahead> ahead = new AtomicReference<>();

    private record Ahead(Pool pool, ProcessStarter starter) {}

    OwnPools(WorkerPoolBuilder settings) {
        this.settings = settings;
    }

    @Override
    public WorkerLauncher launcher(MachineShare share, Topology<?> topology) {
        String what = "topology '" + topology.name() + "'";
        WorkerPoolBuilder observed = settings.observed(topology.plan());
        Ahead started = ahead.getAndSet(null);
        if (started != null) {
            Path logs = observed.processSettings(share).logDirectory().orElse(null);
            if (started.starter().takenBy(what, logs)) {
                return started.pool().onlyLauncher();
            }
            started.pool().close().subscribe();
        }
        return WorkerPool.pool(what, observed, share).onlyLauncher();
    }

    @Override
    public Disposable startAhead(int workers) {
        Ahead started = waiting();
        started.pool().startAhead(workers); // as many as there are not yet
        return () -> Mono.fromSupplier(() -> ahead.compareAndSet(started, null))
                .filter(mine -> mine)
                .flatMap(mine -> started.pool().close())
                .subscribe();
    }

    /** Those that wait for a run: of the last call too, unless a run has them; some of them may have ended. */
    private Ahead waiting() {
        MachineShare share = settings.share();
        ProcessStarter starter = ProcessStarter.ahead(settings.processSettings(share));
        Ahead fresh = new Ahead(
                new Pool(settings.poolSettings(share), starter, Schedulers.parallel(), Schedulers.boundedElastic()),
                starter);
        Ahead there = ahead.compareAndExchange(null, fresh);
        return there == null ? fresh : there;
    }
}

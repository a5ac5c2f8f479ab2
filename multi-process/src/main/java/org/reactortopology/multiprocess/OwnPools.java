package org.reactortopology.multiprocess;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.pool.Pool;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.process.ProcessStarter;
import reactor.core.Disposable;
import reactor.core.Disposables;
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
        if (started == null) {
            return WorkerPool.pool(what, observed, share).onlyLauncher();
        }
        started.starter()
                .takenBy(what, observed.processSettings(share).logDirectory().orElse(null));
        return started.pool().onlyLauncher();
    }

    @Override
    public Disposable startAhead(int workers) {
        MachineShare share = settings.share();
        ProcessStarter starter = ProcessStarter.ahead(settings.processSettings(share));
        Pool pool = new Pool(settings.poolSettings(share), starter, Schedulers.parallel(), Schedulers.boundedElastic());
        Ahead started = new Ahead(pool, starter);
        if (!ahead.compareAndSet(null, started)) {
            return Disposables.disposed(); // those that are there are enough
        }
        pool.startAhead(workers);
        return () -> Mono.fromSupplier(() -> ahead.compareAndSet(started, null))
                .filter(mine -> mine)
                .flatMap(mine -> pool.close())
                .subscribe();
    }
}

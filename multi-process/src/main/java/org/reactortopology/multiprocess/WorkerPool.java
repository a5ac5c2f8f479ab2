package org.reactortopology.multiprocess;

import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.pool.Pool;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.process.ProcessStarter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Child JVMs that serve one run after the other and are shared by those that run at once: given to {@link MultiProcessBuilder#pool}, by any number of
 * executors, whose runs then need not wait for JVMs to start.
 *
 * <ul>
 *   <li>Nothing is started before the first run. Then workers are started as runs ask for them, in parallel, at most {@link
 *       WorkerPoolBuilder#workers} of them, {@link WorkerPoolBuilder#spares} and one with a larger heap; those that are ending are not counted.
 *   <li>A worker serves one run at a time. What a run leaves behind in it, as static fields or threads of the user's code, is not removed.
 *   <li>A run that finds no worker free waits, first come, first served. Meanwhile the run that has most workers is asked to let go of one if it has more
 *       than its share (workers divided by runs, at least 1); if every run has one and some have none, the one that has been held longest, for at least
 *       500 ms, is asked back, so that runs take turns. A run finishes what a worker has before it lets go of it.
 *   <li>A worker that dies costs the run that has it what the executor says; it is replaced when a run waits.
 *   <li>Workers end after {@link WorkerPoolBuilder#idleExit}, with the pool, and with this JVM, however that ends.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {

    private final WorkerPoolBuilder settings;
    private final MachineShare share;
    private final Pool pool;

    WorkerPool(WorkerPoolBuilder settings) {
        this.settings = settings;
        this.share = settings.share();
        this.pool = pool("worker pool", settings, share);
    }

    /** Settings, each with its default. */
    public static WorkerPoolBuilder builder() {
        return new WorkerPoolBuilder();
    }

    /**
     * Ends all workers, those of runs that are under way too, which end with an error, and waits until no process, socket or thread of the pool is left. Later
     * calls do nothing but wait.
     *
     * @throws IllegalStateException on a thread that must not block; the pool is closed all the same. See {@link #closeLater}
     */
    @Override
    public void close() {
        closeLater().block();
    }

    /** {@link #close} that does not wait: completes when nothing is left. Does nothing before it is subscribed to. */
    public Mono<Void> closeLater() {
        return pool.close();
    }

    WorkerLauncher launcher() {
        return pool.launcher();
    }

    WorkerPoolBuilder settings() {
        return settings;
    }

    MachineShare share() {
        return share;
    }

    static Pool pool(String what, WorkerPoolBuilder settings, MachineShare share) {
        return new Pool(
                settings.poolSettings(share),
                new ProcessStarter(what, settings.processSettings(share)),
                Schedulers.parallel(),
                Schedulers.boundedElastic());
    }
}

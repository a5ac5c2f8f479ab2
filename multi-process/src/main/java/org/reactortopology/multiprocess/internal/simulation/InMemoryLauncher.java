package org.reactortopology.multiprocess.internal.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.pool.Pool;
import org.reactortopology.multiprocess.internal.pool.PoolSettings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A pool of worker sessions in this JVM for one run. */
public final class InMemoryLauncher implements WorkerLauncher {

    private static final int MANY = 1024;
    private static final Duration FREE_TIMEOUT = Duration.ofSeconds(5);

    private final InMemoryStarter starter = new InMemoryStarter();
    private final WorkerLauncher launcher = new Pool(
                    PoolSettings.of(MANY, FREE_TIMEOUT), starter, Schedulers.parallel(), Schedulers.boundedElastic())
            .onlyLauncher();

    @Override
    public Mono<Launched> launch(double heapFactor) {
        return launcher.launch(heapFactor);
    }

    @Override
    public Mono<Void> release(boolean clean) {
        return launcher.release(clean);
    }

    /** Breaks the connection of that worker, as its death would. */
    public void kill(int worker) {
        starter.kill(worker);
    }

    /** As {@link #kill}, of whichever worker is busy with the item of that number. */
    public void killBusyWith(long number) {
        starter.killBusyWith(number);
    }

    /** See {@link InMemoryStarter#heapFactors}. */
    public List<Double> heapFactors() {
        return starter.heapFactors();
    }

    /** The numbers of the workers that were started. */
    public Set<Integer> started() {
        return starter.started();
    }
}

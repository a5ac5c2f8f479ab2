package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.multiprocess.internal.pool.WorkerStarter;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Starts workers that compute nothing, over connections in memory which share one thread. */
final class TimedStarter implements WorkerStarter {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private final long nanosPerItem;
    private final List<Started> workers = new CopyOnWriteArrayList<>();

    TimedStarter(Duration perItem) {
        nanosPerItem = perItem.toNanos();
    }

    @Override
    public Mono<StartedWorker> start(int number, double heapFactor) {
        return Mono.fromCallable(() -> {
            InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
            Sinks.One<WorkerEnding> over = Sinks.one();
            ends.right()
                    .receive(new TimedWorker(
                            ends.right(),
                            nanosPerItem,
                            Schedulers.parallel(),
                            how -> over.tryEmitValue(WorkerEnding.unseen("simulated: " + how))));
            Started started = new Started(number, ends.left(), over);
            workers.add(started);
            return started;
        });
    }

    @Override
    public Mono<Void> close(boolean clean) {
        return Flux.fromIterable(workers)
                .doOnNext(worker -> worker.connection().close())
                .flatMap(worker -> worker.ending().then())
                .then(Mono.defer(thread::release));
    }

    private record Started(int number, Connection connection, Sinks.One<WorkerEnding> over) implements StartedWorker {
        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public Mono<WorkerEnding> ending() {
            return over.asMono();
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return Optional.empty();
        }

        @Override
        public long residentBytes() {
            return 0;
        }

        @Override
        public void end() {
            connection.send(new Goodbye());
        }

        @Override
        public void kill() {
            over.tryEmitValue(WorkerEnding.unseen("simulated: killed"));
        }

        @Override
        public void forget() {
            // nothing was kept
        }
    }
}

package org.reactortopology.multiprocess.internal.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.worker.WorkerSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Starts worker sessions in this JVM. Each has its lanes; all connections share one thread. */
public final class InMemoryLauncher implements WorkerLauncher {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, InMemoryWorker> workers = new ConcurrentHashMap<>();

    @Override
    public Mono<Launched> launch(double heapFactor) {
        return Mono.fromCallable(() -> {
            int worker = numbers.getAndIncrement();
            InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
            BlackBox box = BlackBox.inMemory();
            InMemoryWorker launched =
                    new InMemoryWorker(worker, ends.left(), ends.right(), box, new AtomicReference<>(), Sinks.one());
            workers.put(worker, launched);
            ends.right()
                    .receive(new WorkerSession(ends.right(), box, how -> launched.ended("its session ended: " + how)));
            return launched;
        });
    }

    @Override
    public Mono<Void> release(boolean clean) {
        return Flux.fromIterable(workers.values())
                .doOnNext(worker -> worker.connection().close())
                .flatMap(worker -> worker.ending().then())
                .then(Mono.defer(thread::release));
    }

    /** Breaks the connection of that worker, as its death would. */
    public void kill(int worker) {
        InMemoryWorker killed = workers.get(worker);
        if (killed == null) {
            throw new IllegalArgumentException("worker " + worker + " was not started");
        }
        killed.kill();
    }

    /** As {@link #kill}, of whichever worker is busy with the item of that number. */
    public void killBusyWith(long number) {
        workers.values().stream()
                .filter(worker -> worker.box().numbers().contains(number))
                .forEach(InMemoryWorker::kill);
    }

    /** The numbers of the workers that were started. */
    public Set<Integer> started() {
        return Set.copyOf(workers.keySet());
    }

    private record InMemoryWorker(
            int number,
            Connection connection,
            Connection far,
            BlackBox box,
            AtomicReference<@Nullable Set<Long>> busyAtEnd,
            Sinks.One<WorkerEnding> over)
            implements Launched {
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
            return Optional.ofNullable(busyAtEnd.get());
        }

        @Override
        public Mono<Void> wanted() {
            return Mono.never();
        }

        @Override
        public void kill() {
            busyAtEnd.compareAndSet(null, box.numbers()); // its threads go on, unlike those of a process
            ended("killed");
            far.close();
        }

        @Override
        public void giveBack() {
            connection.send(new Goodbye());
        }

        void ended(String how) {
            over.tryEmitValue(WorkerEnding.unseen(how));
        }
    }
}

package org.reactortopology.multiprocess.internal.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.Segment;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.multiprocess.internal.pool.WorkerStarter;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.worker.WorkerSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Starts worker sessions in this JVM. Each has its lanes; all connections share one thread. */
public final class InMemoryStarter implements WorkerStarter {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private final Queue<Double> heapFactors = new ConcurrentLinkedQueue<>();
    private final Map<Integer, InMemoryWorker> workers = new ConcurrentHashMap<>();

    /** Values of so many bytes are claimed: few, so that what is tested here is tested with claims. */
    private static final int CLAIM_THRESHOLD = 1024;

    private static final int CLAIM_BYTES = 256 * 1024;

    @Override
    public Mono<StartedWorker> start(int number, double heapFactor) {
        heapFactors.add(heapFactor);
        return Mono.fromCallable(() -> {
            InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
            BlackBox box = BlackBox.inMemory();
            Segment segment = Segment.inMemory(CLAIM_BYTES);
            InMemoryWorker started = new InMemoryWorker(
                    number,
                    ends.left(),
                    ends.right(),
                    box,
                    segment.ofCoordinator(CLAIM_THRESHOLD),
                    new AtomicReference<>(),
                    Sinks.one());
            workers.put(number, started);
            ends.right()
                    .receive(new WorkerSession(
                            ends.right(),
                            box,
                            segment.ofWorker(CLAIM_THRESHOLD),
                            how -> started.ended("its session ended: " + how)));
            return started;
        });
    }

    @Override
    public Mono<Void> close(boolean clean) {
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

    /** How much larger than usual the heaps of the workers were to be, in the order of their starts. */
    public List<Double> heapFactors() {
        return List.copyOf(heapFactors);
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
            Claims claims,
            AtomicReference<@Nullable Set<Long>> busyAtEnd,
            Sinks.One<WorkerEnding> over)
            implements StartedWorker {
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
        public long residentBytes() {
            return 0;
        }

        @Override
        public void end() {
            connection.send(new Goodbye());
        }

        @Override
        public void kill() {
            busyAtEnd.compareAndSet(null, box.numbers()); // its threads go on, unlike those of a process
            ended("killed");
            far.close();
        }

        @Override
        public void forget() {
            // nothing was kept
        }

        void ended(String how) {
            over.tryEmitValue(WorkerEnding.unseen(how));
        }
    }
}

package org.reactortopology.multiprocess.internal.simulation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.worker.WorkerSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Starts worker sessions in this JVM. Each has its lanes; all connections share one thread. */
public final class InMemoryLauncher implements WorkerLauncher {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private final Map<Integer, InMemoryWorker> workers = new ConcurrentHashMap<>();

    @Override
    public Mono<Launched> launch(int worker) {
        return Mono.fromCallable(() -> {
            InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
            InMemoryWorker launched = new InMemoryWorker(worker, ends.left(), ends.right(), Sinks.one());
            workers.put(worker, launched);
            ends.right().receive(new WorkerSession(ends.right(), how -> launched.ended("its session ended: " + how)));
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
        killed.ended("killed by the test");
        killed.far().close();
    }

    /** The numbers of the workers that were started. */
    public java.util.Set<Integer> started() {
        return java.util.Set.copyOf(workers.keySet());
    }

    private record InMemoryWorker(int id, Connection connection, Connection far, Sinks.One<String> over)
            implements Launched {
        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public Mono<String> ending() {
            return over.asMono();
        }

        void ended(String how) {
            over.tryEmitValue(how);
        }
    }
}

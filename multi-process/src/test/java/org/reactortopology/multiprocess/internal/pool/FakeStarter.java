package org.reactortopology.multiprocess.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Frame;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Workers that do what a test tells them. */
final class FakeStarter implements WorkerStarter {

    /** Everything that was started, by number. */
    final TreeMap<Integer, FakeWorker> workers = new TreeMap<>();

    /** Whether workers connect as soon as they are started. */
    boolean atOnce = true;

    @Nullable
    Boolean closedCleanly;

    @Override
    public Mono<StartedWorker> start(int number, double heapFactor) {
        return Mono.defer(() -> {
            FakeWorker worker = new FakeWorker(number, heapFactor);
            workers.put(number, worker);
            if (atOnce) {
                worker.connect();
            }
            return worker.connected.asMono().doOnCancel(() -> worker.stopped = true);
        });
    }

    @Override
    public Mono<Void> close(boolean clean) {
        return Mono.fromRunnable(() -> closedCleanly = clean);
    }

    FakeWorker worker(int number) {
        return workers.get(number);
    }

    static final class FakeWorker implements StartedWorker, Connection {
        final int number;
        final double heapFactor;
        final Sinks.One<StartedWorker> connected = Sinks.one();
        final Sinks.One<WorkerEnding> ending = Sinks.one();
        final List<Frame> sent = new ArrayList<>();

        @Nullable
        FrameReceiver receiver;

        boolean stopped;
        boolean toldToEnd;
        boolean killed;
        boolean forgotten;
        long residentBytes;

        FakeWorker(int number, double heapFactor) {
            this.number = number;
            this.heapFactor = heapFactor;
        }

        void connect() {
            connected.tryEmitValue(this);
        }

        void die(String how) {
            ending.tryEmitValue(WorkerEnding.unseen(how));
        }

        void says(Frame frame) {
            receiver.frame(frame);
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public long pid() {
            return 1000 + number;
        }

        @Override
        public Connection connection() {
            return this;
        }

        @Override
        public Mono<WorkerEnding> ending() {
            return ending.asMono();
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return Optional.empty();
        }

        @Override
        public long residentBytes() {
            return residentBytes;
        }

        @Override
        public void end() {
            toldToEnd = true;
        }

        @Override
        public void kill() {
            killed = true;
            die("killed");
        }

        @Override
        public void forget() {
            forgotten = true;
        }

        @Override
        public void receive(FrameReceiver next) {
            receiver = next;
        }

        @Override
        public void send(Frame frame) {
            sent.add(frame);
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void allow(int maxBodyBytes) {
            // everything is allowed
        }

        @Override
        public void close() {
            receiver.closed(null);
        }
    }
}

package org.reactortopology.multiprocess;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import reactor.core.publisher.Mono;

/** Keeps what went to workers and what came back. The memory of each is full of claims of an earlier run when it is handed out. */
final class RecordingLauncher implements WorkerLauncher {

    /** Of the workers in memory: values of so many bytes are claimed. */
    static final int THRESHOLD = 1024;

    private final WorkerLauncher launcher;
    private final List<Items.Entry> items = new CopyOnWriteArrayList<>();
    private final List<Outcomes.Entry> outcomes = new CopyOnWriteArrayList<>();

    RecordingLauncher(WorkerLauncher launcher) {
        this.launcher = launcher;
    }

    List<Items.Entry> items() {
        return items;
    }

    List<Outcomes.Entry> outcomes() {
        return outcomes;
    }

    @Override
    public Mono<Launched> launch(double heapFactor) {
        return launcher.launch(heapFactor).map(worker -> {
            byte[] left = new byte[4 * THRESHOLD];
            while (worker.claims().writer().write(left) != null) {
                // until there is no room
            }
            return new Recorded(worker);
        });
    }

    @Override
    public Mono<Void> release(boolean clean) {
        return launcher.release(clean);
    }

    private final class Recorded implements Launched, Connection {
        private final Launched worker;

        Recorded(Launched worker) {
            this.worker = worker;
        }

        @Override
        public int number() {
            return worker.number();
        }

        @Override
        public long pid() {
            return worker.pid();
        }

        @Override
        public Connection connection() {
            return this;
        }

        @Override
        public @Nullable Claims claims() {
            return worker.claims();
        }

        @Override
        public Mono<WorkerEnding> ending() {
            return worker.ending();
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return worker.busyWith();
        }

        @Override
        public Mono<Void> wanted() {
            return worker.wanted();
        }

        @Override
        public void kill() {
            worker.kill();
        }

        @Override
        public void giveBack() {
            worker.giveBack();
        }

        @Override
        public void receive(FrameReceiver receiver) {
            worker.connection().receive(new FrameReceiver() {
                @Override
                public void frame(Frame frame) {
                    if (frame instanceof Outcomes some) {
                        outcomes.addAll(some.entries());
                    }
                    receiver.frame(frame);
                }

                @Override
                public void closed(@Nullable Throwable cause) {
                    receiver.closed(cause);
                }
            });
        }

        @Override
        public void send(Frame frame) {
            if (frame instanceof Items some) {
                items.addAll(some.entries());
            }
            worker.connection().send(frame);
        }

        @Override
        public void execute(Runnable task) {
            worker.connection().execute(task);
        }

        @Override
        public void allow(int maxBodyBytes) {
            worker.connection().allow(maxBodyBytes);
        }

        @Override
        public void close() {
            worker.connection().close();
        }
    }
}

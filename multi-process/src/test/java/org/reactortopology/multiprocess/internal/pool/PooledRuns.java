package org.reactortopology.multiprocess.internal.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher.Launched;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Start;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Runs that share a pool in virtual time and without processes. */
abstract class PooledRuns {

    static final Duration FREE_TIMEOUT = Duration.ofSeconds(5);

    static final Duration IDLE_EXIT = Duration.ofSeconds(60);

    static final long MAX_RSS = 1000;

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    final FakeStarter starter = new FakeStarter();

    @AfterEach
    void disposeTime() {
        time.dispose();
    }

    Pool pool(int workers, int spares, long recycleAfter, long maxRss) {
        PoolSettings settings = new PoolSettings(
                workers,
                spares,
                IDLE_EXIT,
                recycleAfter,
                maxRss,
                PoolSettings.RSS_EVERY,
                PoolSettings.QUANTUM,
                FREE_TIMEOUT);
        return new Pool(settings, starter, time, time);
    }

    static Items items(int count) {
        List<Items.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Items.Entry(i, "k" + i, OutcomeKind.DONE, new byte[0]));
        }
        return new Items(7, entries);
    }

    /** A run and what it got. */
    static final class Run {
        private final WorkerLauncher launcher;
        final List<Launched> got = new ArrayList<>();
        final List<Integer> wanted = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final List<Frame> heard = new ArrayList<>();
        Frame started = new Start(0, new byte[0]);
        boolean released;

        Run(Pool pool) {
            this(pool.launcher());
        }

        Run(WorkerLauncher launcher) {
            this.launcher = launcher;
        }

        Disposable launch(int escalation) {
            Mono<Launched> launch = launcher.launch(Math.pow(2, escalation));
            return launch.subscribe(
                    launched -> {
                        got.add(launched);
                        launched.wanted().subscribe(nothing -> {}, error -> {}, () -> wanted.add(launched.number()));
                    },
                    errors::add);
        }

        void start(int place, int run) {
            got.get(place).connection().receive(new FrameReceiver() {
                @Override
                public void frame(Frame frame) {
                    heard.add(frame);
                }

                @Override
                public void closed(Throwable cause) {
                    heard.add(null);
                }
            });
            started = new Start(run, new byte[0]);
            got.get(place).connection().send(started);
        }

        void finish(int place, int run) {
            ((FakeStarter.FakeWorker) ((Lease) got.get(place)).member().worker()).says(new Finished(run));
            heard.removeIf(Finished.class::isInstance);
            got.get(place).giveBack();
        }

        List<Integer> numbers() {
            return got.stream().map(Launched::number).toList();
        }

        void release() {
            launcher.release(true).subscribe(nothing -> {}, error -> {}, () -> released = true);
        }
    }
}

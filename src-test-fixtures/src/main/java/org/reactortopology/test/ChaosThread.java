package org.reactortopology.test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactortopology.Progress;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Disturbs workers at times that a seed gives. One thread does all; it may wait for processes that it starts. */
final class ChaosThread implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long seed;
    private final long begin = System.nanoTime();
    private final Scheduler thread = Schedulers.newSingle("chaos", true);
    private final Garbage garbage = new Garbage();

    private final boolean paced;
    private final Disposable watching;

    /** Of the run; written by the run, read by the thread. */
    private volatile long outcomes;

    /** How many there were when a worker was last killed or frozen. Confined to the thread, like those below. */
    private long outcomesBefore;

    private final Set<ProcessHandle> frozen = new LinkedHashSet<>();

    private boolean over;

    private final AtomicBoolean closed = new AtomicBoolean();

    /** Guarded by this, like the one below. */
    private final Map<String, Long> counts = new LinkedHashMap<>();

    private final Deque<ChaosReport.Event> latest = new ArrayDeque<>();

    /** Begins at once; with the progress of a run, kills and freezes nobody before it has got on. */
    ChaosThread(long seed, List<Disturbance> disturbances, Optional<Flux<Progress>> run) {
        this.seed = seed;
        paced = run.isPresent();
        watching = run.orElse(Flux.empty()).subscribe(progress -> outcomes = progress.ended());
        for (int i = 0; i < disturbances.size(); i++) {
            // a generator for each, so that one does not change when another is left out
            again(disturbances.get(i), new SplittableRandom(seed + i));
        }
    }

    synchronized ChaosReport report() {
        return new ChaosReport(seed, counts, new ArrayList<>(latest));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // behind what is being done right now; what comes later does nothing, and is dropped with the thread
        Mono.fromRunnable(this::end).subscribeOn(thread).block(PATIENCE);
        thread.dispose();
        thread.disposeGracefully().block(PATIENCE);
    }

    private void end() {
        over = true;
        watching.dispose();
        frozen.forEach(this::thaw);
        frozen.clear();
        garbage.close();
    }

    private void again(Disturbance disturbance, SplittableRandom random) {
        double wait = -Math.log(1 - random.nextDouble()) * disturbance.mean().toNanos();
        later(
                () -> {
                    disturb(disturbance, random);
                    again(disturbance, random);
                },
                Duration.ofNanos((long) wait));
    }

    private void later(Runnable task, Duration wait) {
        var unused = thread.schedule(
                () -> {
                    if (!over) {
                        task.run();
                    }
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void disturb(Disturbance disturbance, SplittableRandom random) {
        if (disturbance.kind() == Disturbance.Kind.GARBAGE) {
            List<Path> sockets = Workers.sockets();
            if (!sockets.isEmpty()) {
                send(sockets.get(random.nextInt(sockets.size())), random);
            }
            return;
        }
        List<ProcessHandle> workers = Workers.alive();
        if (workers.isEmpty()) {
            return;
        }
        long now = outcomes;
        if (paced && now == outcomesBefore) {
            note("spared", 0, "");
            return;
        }
        outcomesBefore = now;
        ProcessHandle worker = workers.get(random.nextInt(workers.size()));
        if (disturbance.kind() == Disturbance.Kind.KILL) {
            if (worker.destroyForcibly()) {
                note("kill", worker.pid(), "");
            }
        } else if (frozen.add(worker)) {
            signal("-STOP", worker);
            note("freeze", worker.pid(), "for " + disturbance.howLong().toMillis() + " ms");
            later(
                    () -> {
                        if (frozen.remove(worker)) {
                            thaw(worker);
                        }
                    },
                    disturbance.howLong());
        }
    }

    private void thaw(ProcessHandle worker) {
        if (worker.isAlive()) {
            signal("-CONT", worker);
            note("thaw", worker.pid(), "");
        }
    }

    private void send(Path socket, SplittableRandom random) {
        try {
            note("garbage", 0, garbage.send(socket, random));
        } catch (IOException e) {
            note("garbage refused", 0, String.valueOf(e.getMessage())); // the socket is gone, or dropped the stranger
        }
    }

    private void signal(String name, ProcessHandle worker) {
        try {
            new ProcessBuilder("kill", name, Long.toString(worker.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            note("signal failed", worker.pid(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(String what, long pid, String detail) {
        counts.merge(what, 1L, Long::sum);
        latest.add(new ChaosReport.Event(Duration.ofNanos(System.nanoTime() - begin), what, pid, detail));
        if (latest.size() > Chaos.EVENTS_KEPT) {
            latest.remove();
        }
    }
}

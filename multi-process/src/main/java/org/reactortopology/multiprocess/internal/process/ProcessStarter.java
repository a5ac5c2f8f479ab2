package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.coordinator.EndedEarly;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.multiprocess.internal.pool.WorkerStarter;
import org.reactortopology.multiprocess.internal.process.ClaimFiles.Shared;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.SocketServer;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Starts child JVMs on a socket in a private directory, both made when the first is started, and leaves nothing of them behind: no process, no
 * socket, also when this JVM is told to end in the middle.
 */
public final class ProcessStarter implements WorkerStarter {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessStarter.class);
    private static final Duration STRANGER_PATIENCE = Duration.ofSeconds(5);
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ProcessSettings settings;
    private final Greeter greeter = new Greeter(STRANGER_PATIENCE);
    private final Mono<WorkerFiles> made;
    private final Mono<SocketServer> listening;
    private final boolean ahead;
    private final Thread atShutdown = new Thread(this::killAll, "topology-shutdown");

    /** Processes that have not ended. Filled by starts, emptied by ends, on any thread. */
    private final Map<Integer, WorkerProcess> processes = new ConcurrentHashMap<>();

    /** Set once; no process is started after it. Guarded by this, like the two below. */
    private boolean closed;

    /** What there is to remove; made by the first start. */
    private @Nullable WorkerFiles files;

    /** Whose workers these are, for the line that is logged once that and the files are there; null when it has been. */
    private @Nullable String untold;

    /** Whether a run has said that these are its workers, and where it has its logs. */
    private boolean taken;

    private @Nullable Path logsOfRun;

    /** The one that was told to write the archive, if that was due. */
    private @Nullable ArchiveWriting writing;

    /** Set by the first start. */
    private volatile boolean opening;

    /**
     * Starts nothing yet.
     *
     * @param what whose workers these are, for the line that is logged at the first start
     */
    public ProcessStarter(String what, ProcessSettings settings) {
        this(what, false, settings);
    }

    private ProcessStarter(@Nullable String what, boolean ahead, ProcessSettings settings) {
        this.untold = what;
        this.ahead = ahead;
        this.settings = settings;
        this.made = kept(Mono.defer(this::make));
        this.listening = kept(made.flatMap(this::listen).doOnSubscribe(subscription -> opening = true));
    }

    /** For a run that is not known yet. Starts nothing yet. */
    public static ProcessStarter ahead(ProcessSettings settings) {
        return new ProcessStarter(null, true, settings);
    }

    /** On a thread that may block. A failure is not kept: the next start tries again. */
    private static <T> Mono<T> kept(Mono<T> mono) {
        return mono.subscribeOn(Schedulers.boundedElastic())
                .cache(done -> FOREVER, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * These are the workers of that run, started {@link #ahead} of it. Blocks for the time it takes to give some files a name.
     *
     * @param what as of the constructor
     * @param logDirectory where the run has its logs; null makes a temporary directory
     * @return whether they can be: not if what they write cannot be had there, as on another file system. Then nothing has changed
     */
    public synchronized boolean takenBy(String what, @Nullable Path logDirectory) {
        WorkerFiles there = files;
        if (there != null) {
            try {
                there.logs().moveTo(logDirectory);
            } catch (IOException e) {
                LOG.info(
                        "{}: it starts its own workers, because logs of those that were started ahead cannot be had in {}; "
                                + "they can where that is on the file system of java.io.tmpdir ({})",
                        what,
                        logDirectory,
                        e.toString());
                return false;
            }
        }
        untold = what;
        taken = true;
        logsOfRun = logDirectory;
        if (there != null) {
            tell(there);
        }
        return true;
    }

    @Override
    public Mono<StartedWorker> start(int worker, double heapFactor) {
        return made.publishOn(Schedulers.boundedElastic())
                .flatMap(there -> start(worker, settings.share().heapTimes(heapFactor), there))
                .onErrorMap(
                        IOException.class,
                        e -> new WorkerStartException("worker " + worker + " cannot be started: " + e, e));
    }

    @Override
    public Mono<Void> close(boolean clean) {
        return Mono.defer(() -> {
            synchronized (this) {
                closed = true;
            }
            return Flux.fromIterable(processes.values())
                    .flatMap(this::gone)
                    .then(Mono.defer(this::closeServer))
                    .doOnTerminate(
                            () -> removeAll(clean)); // before the completion is told: by then nothing may be left
        });
    }

    /** Completes when that process has ended, unless it may take its time. */
    private Mono<Void> gone(WorkerProcess process) {
        ArchiveWriting writes = process.writing();
        if (!process.isConnected()) {
            return process.killed();
        } else if (writes != null) {
            writes.leave();
            return Mono.empty();
        }
        return process.end(settings.stopTimeout());
    }

    private Mono<WorkerFiles> make() {
        synchronized (this) {
            if (closed) {
                return Mono.empty();
            }
            WorkerFiles there = WorkerFiles.create(
                    settings,
                    ahead && !taken,
                    taken ? logsOfRun : settings.logDirectory().orElse(null));
            try {
                Runtime.getRuntime().addShutdownHook(atShutdown);
            } catch (IllegalStateException e) {
                there.remove(true);
                return Mono.error(
                        new WorkerStartException("workers cannot be started while this JVM is shutting down", e));
            }
            files = there;
            tell(there);
            return Mono.just(there);
        }
    }

    /** Where workers connect, if that can be said before somebody listens there. */
    private Address address(WorkerFiles there) {
        return settings.loopback() || !there.directory().socketFits()
                ? new Address.Loopback(0)
                : new Address.Unix(there.directory().socket());
    }

    private Mono<SocketServer> listen(WorkerFiles there) {
        synchronized (this) {
            if (closed) {
                return Mono.empty();
            }
        }
        return SocketServer.listen(address(there), Greeter.MAX_BODY_BYTES, greeter::accept);
    }

    private synchronized void tell(WorkerFiles there) {
        if (untold != null) {
            LOG.info(
                    "{}: {}; {}; logs in {}",
                    untold,
                    settings.share().summary(),
                    shared(there),
                    there.logs().directory());
            untold = null;
        }
    }

    private String shared(WorkerFiles files) {
        return settings.claims()
                .flatMap(memory -> files.claims()
                        .map(made -> String.format(
                                Locale.ROOT,
                                "values of %d bytes and more by way of up to %d MiB of shared memory for each worker and direction, in %s",
                                memory.threshold(),
                                memory.capacity() >> 20,
                                made.directory())))
                .orElse("no shared memory for large values");
    }

    /** A process takes longer to start than a socket: where the address is known, it is started first, and has its token when somebody listens. */
    private Mono<StartedWorker> start(int worker, long heapBytes, WorkerFiles there) {
        Address known = address(there);
        return known instanceof Address.Unix
                ? start(worker, heapBytes, there, known)
                : listening
                        .publishOn(Schedulers.boundedElastic())
                        .flatMap(server -> start(worker, heapBytes, there, server.address()));
    }

    /** Starts the process; called where one may wait for the disk and the operating system. */
    private Mono<StartedWorker> start(int worker, long heapBytes, WorkerFiles there, Address address) {
        byte[] token = Handshake.newToken();
        Mono<Connection> greeted = greeter.expect(worker, token);
        WorkerProcess process;
        Shared shared;
        synchronized (this) {
            if (closed) {
                return Mono.empty();
            }
            shared = there.claims().map(files -> files.share(worker)).orElse(null);
            try {
                process = process(worker, heapBytes, there, shared, address);
            } catch (IOException e) {
                forget(shared);
                return Mono.error(e);
            }
            processes.put(worker, process);
        }
        Path box = there.box(worker);
        process.ending().subscribe(ending -> ended(worker, process, box, () -> forget(shared)));
        Mono<Connection> connected = listening
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(server -> process.handOver(token))
                .doOnError(error -> process.kill())
                .flatMap(server -> greeted);
        return firstOf(worker, process, connected, box, shared).doOnCancel(() -> {
            process.ending().subscribe(ending -> Schedulers.boundedElastic().schedule(() -> forget(shared)));
            process.kill();
        });
    }

    /** The first worker writes the archive that the others, and those of the next pool, use. */
    private WorkerProcess process(
            int worker, long heapBytes, WorkerFiles there, @Nullable Shared shared, Address address)
            throws IOException {
        Optional<WorkerArchive> archive = there.archive();
        List<String> options =
                new ArrayList<>(List.of("-Xmx" + heapBytes, there.logs().crashReports()));
        archive.map(WorkerArchive::use).ifPresent(options::addAll);
        Optional<Path> to = Optional.empty();
        if (archive.isPresent() && writing == null) {
            to = archive.get().toWrite(worker);
            to.ifPresent(path -> options.addAll(archive.get().write(path)));
        }
        List<String> command = there.command(worker, options, address, settings.maxBodyBytes());
        if (shared != null) {
            command.addAll(shared.arguments());
        }
        WorkerProcess process = WorkerProcess.start(command, worker, there.logs());
        if (to.isPresent()) {
            writing = new ArchiveWriting(archive.get(), to.get(), process);
            process.isWriting(writing);
        }
        return process;
    }

    private void ended(int worker, WorkerProcess process, Path box, Runnable forget) {
        processes.remove(worker);
        if (!process.isConnected()) {
            WorkerFiles.delete(box);
            Schedulers.boundedElastic().schedule(forget);
        }
    }

    /** Gives back what was shared with a worker that is gone. Blocks. */
    private static void forget(@Nullable Shared shared) {
        if (shared != null) {
            ClaimFiles.discard(shared);
        }
    }

    /** Either it connects, or it ends or stays silent, which is an error. */
    private Mono<StartedWorker> firstOf(
            int worker, WorkerProcess process, Mono<Connection> greeted, Path box, @Nullable Shared shared) {
        Mono<StartedWorker> started = greeted.map(connection -> {
            process.connected();
            Claims claims = null;
            if (shared != null) {
                ClaimFiles.hide(shared);
                claims = shared.segment().ofCoordinator(shared.threshold());
            }
            return new ConnectedProcess(
                    worker, process, connection, box, claims, () -> forget(shared), settings.stopTimeout());
        });
        Mono<StartedWorker> ended = process.ending()
                .flatMap(ending -> Mono.error(new WorkerStartException(
                        "worker " + worker + " (pid " + process.pid() + ") ended before it connected: " + ending.text(),
                        new EndedEarly(ending))));
        return Mono.firstWithSignal(started, ended)
                .timeout(settings.startTimeout())
                .doOnError(TimeoutException.class, late -> process.kill())
                .onErrorMap(
                        TimeoutException.class,
                        late -> new WorkerStartException(String.format(
                                Locale.ROOT,
                                "worker %d (pid %d) did not connect within %d ms: raise startTimeout if the machine is slow; %s",
                                worker,
                                process.pid(),
                                settings.startTimeout().toMillis(),
                                LogTail.of(process.log()))));
    }

    /** Waits for a listen that is under way, so that its server is closed too. */
    private Mono<Void> closeServer() {
        return opening ? listening.onErrorComplete().flatMap(SocketServer::close) : Mono.empty();
    }

    private void removeAll(boolean clean) {
        WorkerFiles there;
        synchronized (this) {
            there = files;
        }
        if (there != null) {
            there.remove(clean);
            removeShutdownHook();
        }
        if (greeter.dropped() > 0) {
            LOG.warn("{} strangers connected to the workers' socket and were dropped", greeter.dropped());
        }
    }

    /** What the shutdown hook does. */
    void killAll() {
        WorkerFiles there;
        synchronized (this) {
            closed = true; // a start that is under way has put its process among them, or starts none
            there = files;
        }
        processes.values().forEach(WorkerProcess::kill);
        if (there != null) {
            there.removeShared();
        }
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is shutting down; the hook does the same as has been done", e);
        }
    }
}

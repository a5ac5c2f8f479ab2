package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.transport.Address;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.reactortopology.multiprocess.internal.transport.SocketServer;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Handshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Starts child JVMs for one run, on a socket in a private directory, and leaves nothing of them behind: no process, no socket, also when this
 * JVM is told to end in the middle.
 */
public final class ProcessLauncher implements WorkerLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLauncher.class);
    private static final Duration STRANGER_PATIENCE = Duration.ofSeconds(5);

    private final ProcessSettings settings;
    private final SocketDirectory directory;
    private final Path logs;
    private final WorkerCommand command;
    private final Greeter greeter = new Greeter(STRANGER_PATIENCE);
    private final Mono<SocketServer> server;
    private final Thread atShutdown = new Thread(this::killAll, "topology-shutdown");

    /** Filled by launches, which may come from any thread; emptied by none. */
    private final AtomicInteger numbers = new AtomicInteger();

    private final Map<Integer, WorkerProcess> processes = new ConcurrentHashMap<>();

    /** Numbers of the workers that have connected and can be told to end. */
    private final Set<Integer> connected = ConcurrentHashMap.newKeySet();

    /** Set once; no process is started after it. Guarded by this. */
    private boolean released;

    /** Set by the first launch. */
    private volatile boolean listening;

    private ProcessLauncher(ProcessSettings settings, SocketDirectory directory, Path logs, WorkerCommand command) {
        this.settings = settings;
        this.directory = directory;
        this.logs = logs;
        this.command = command;
        this.server = SocketServer.listen(address(), Greeter.MAX_BODY_BYTES, greeter::accept)
                .doOnSubscribe(subscription -> listening = true)
                .cache();
    }

    /**
     * Makes the directories and the argument file; starts nothing yet.
     *
     * @throws WorkerStartException if a directory or file cannot be written
     */
    public static ProcessLauncher create(ProcessSettings settings) {
        SocketDirectory directory = null;
        try {
            Path logs = settings.logDirectory().isPresent()
                    ? Files.createDirectories(settings.logDirectory().get())
                    : Files.createTempDirectory("reactor-topology-logs-");
            directory = SocketDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));
            WorkerCommand command = WorkerCommand.write(
                    directory.arguments(), settings.threads(), settings.heapBytes(), settings.jvmOptions());
            ProcessLauncher launcher = new ProcessLauncher(settings, directory, logs, command);
            Runtime.getRuntime().addShutdownHook(launcher.atShutdown);
            return launcher;
        } catch (IOException | IllegalStateException e) { // the latter: this JVM is shutting down
            if (directory != null) {
                directory.remove();
            }
            throw new WorkerStartException("workers cannot be started: " + e, e);
        }
    }

    /** Where the workers' logs are. */
    public Path logs() {
        return logs;
    }

    @Override
    public Mono<Launched> launch(double heapFactor) {
        return Mono.defer(() -> launched(numbers.getAndIncrement()));
    }

    private Mono<Launched> launched(int worker) {
        return server.flatMap(bound -> start(worker, bound.address()))
                .onErrorMap(
                        IOException.class,
                        e -> new WorkerStartException("worker " + worker + " cannot be started: " + e, e));
    }

    @Override
    public Mono<Void> release(boolean clean) {
        return Mono.defer(() -> {
            synchronized (this) {
                released = true;
            }
            return Flux.fromIterable(processes.entrySet())
                    .flatMap(entry -> connected.contains(entry.getKey())
                            ? entry.getValue().end(settings.stopTimeout())
                            : entry.getValue().killed())
                    .then(Mono.defer(this::closeServer))
                    .doOnTerminate(
                            () -> { // before the completion is told: by then nothing may be left
                                directory.remove();
                                if (clean && settings.logDirectory().isEmpty()) {
                                    SocketDirectory.remove(logs);
                                }
                                removeShutdownHook();
                                if (greeter.dropped() > 0) {
                                    LOG.warn(
                                            "{} strangers connected to the workers' socket and were dropped",
                                            greeter.dropped());
                                }
                            });
        });
    }

    private Address address() {
        return settings.loopback() || !directory.socketFits()
                ? new Address.Loopback(0)
                : new Address.Unix(directory.socket());
    }

    /** Starts the process on a thread that may wait for the disk and the operating system, not on the event loop that bound the socket. */
    private Mono<Launched> start(int worker, Address address) {
        return Mono.defer(() -> {
                    byte[] token = Handshake.newToken();
                    Mono<Connection> greeted =
                            greeter.expect(worker, token).doOnNext(connection -> connected.add(worker));
                    WorkerProcess process;
                    synchronized (this) {
                        if (released) {
                            return Mono.empty();
                        }
                        try {
                            process = WorkerProcess.start(
                                    command.arguments(worker, address, settings.maxBodyBytes(), directory.path()),
                                    log(worker),
                                    token);
                        } catch (IOException e) {
                            return Mono.error(e);
                        }
                        processes.put(worker, process);
                    }
                    return firstOf(worker, process, greeted);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Either it connects, or it ends or stays silent, which is an error. */
    private Mono<Launched> firstOf(int worker, WorkerProcess process, Mono<Connection> greeted) {
        Mono<Launched> launched = greeted.map(connection -> new ConnectedProcess(worker, process, connection));
        Mono<Launched> ended = process.ending()
                .flatMap(ending -> Mono.error(new WorkerStartException("worker " + worker + " (pid " + process.pid()
                        + ") ended before it connected: " + ending.text())));
        return Mono.firstWithSignal(launched, ended)
                .timeout(settings.startTimeout())
                .onErrorMap(
                        TimeoutException.class,
                        late -> new WorkerStartException("worker " + worker + " (pid "
                                + process.pid() + ") did not connect within "
                                + settings.startTimeout().toMillis()
                                + " ms: raise startTimeout if the machine is slow; " + LogTail.of(log(worker))));
    }

    private Path log(int worker) {
        return logs.resolve(String.format(Locale.ROOT, "worker-%03d.log", worker));
    }

    /** Waits for a listen that is under way, so that its server is closed too. */
    private Mono<Void> closeServer() {
        return listening ? server.onErrorComplete().flatMap(SocketServer::close) : Mono.empty();
    }

    private void killAll() {
        processes.values().forEach(WorkerProcess::kill);
        directory.remove();
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is shutting down; the hook does the same as has been done", e);
        }
    }

    /** A process and the way to it. */
    private record ConnectedProcess(int number, WorkerProcess process, Connection connection) implements Launched {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public Mono<WorkerEnding> ending() {
            return process.ending();
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return Optional.empty();
        }

        @Override
        public Mono<Void> wanted() {
            return Mono.never();
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public void giveBack() {
            connection.send(new Goodbye());
        }
    }
}

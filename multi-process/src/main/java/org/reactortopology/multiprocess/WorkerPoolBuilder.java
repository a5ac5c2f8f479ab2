package org.reactortopology.multiprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.reactortopology.multiprocess.internal.claim.ClaimSettings;
import org.reactortopology.multiprocess.internal.coordinator.Coordinator;
import org.reactortopology.multiprocess.internal.pool.PoolSettings;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.process.ProcessSettings;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.spi.TopologyPlan;

/** Settings of a {@link WorkerPool}. Not thread-safe; {@link #build} copies it. */
public final class WorkerPoolBuilder {

    private static final int MIB = 1024 * 1024;

    private int workers;
    private int spares;
    private int threads;
    private long heapBytes;
    private final List<String> jvmOptions = new ArrayList<>();
    private Optional<Path> logDirectory = Optional.empty();
    private int maxItemBytes = 64 * MIB;
    private Duration startTimeout = Duration.ofSeconds(60);
    private Duration stopTimeout = Duration.ofSeconds(5);
    private Duration idleExit = Duration.ofSeconds(60);
    private long recycleAfter;
    private long maxRssBytes;
    private boolean loopback;
    private Optional<Path> archive = Optional.of(ProcessSettings.defaultArchive());
    private Optional<ClaimSettings> claims = Optional.of(ClaimSettings.USUAL);

    WorkerPoolBuilder() {}

    /**
     * How many child JVMs runs may have at once, all together. Default: one per processor of this machine, divided by {@link #threads} if that is set.
     */
    public WorkerPoolBuilder workers(int count) {
        workers = (int) atLeast(1, "workers", count);
        return this;
    }

    /**
     * How many child JVMs are started and connected ahead while a run is under way, beside those that runs have, so that one that dies is replaced
     * without waiting for a start. Default: 0.
     */
    public WorkerPoolBuilder spares(int count) {
        spares = (int) atLeast(0, "spares", count);
        return this;
    }

    /** Cpu threads of each worker, and of the works that run here. Default: processors of this machine divided by workers, at least 1. */
    public WorkerPoolBuilder threads(int count) {
        threads = (int) atLeast(1, "threads", count);
        return this;
    }

    /**
     * Largest heap of each worker, in bytes. Default: half of the machine's memory divided by workers, from 64 MiB to 4 GiB. A heap begins with 192 MiB and grows
     * as it is needed; {@code jvmOption("-Xms1g")} has it begin with more.
     */
    public WorkerPoolBuilder heap(long bytes) {
        if (bytes < 16L * MIB) {
            throw new IllegalArgumentException("heap is " + bytes + " bytes: a worker needs at least " + 16 * MIB);
        }
        heapBytes = bytes;
        return this;
    }

    /**
     * Adds an option to the workers' command line, after the framework's own, so that it wins. Default: none beside the framework's, which tell a worker
     * of its threads as if they were the machine's processors, and choose the serial collector up to two of them unless an option, here or in the
     * environment ({@code JAVA_TOOL_OPTIONS} and the like), chooses a collector. Must hold no secret: others can read it.
     */
    public WorkerPoolBuilder jvmOption(String option) {
        jvmOptions.add(Objects.requireNonNull(option, "option"));
        return this;
    }

    /**
     * Where {@code worker-000.log} and so on go, which hold what workers write to standard output and error, and crash reports; files of an earlier pool
     * are overwritten. Default: a fresh temporary directory, removed when the pool is closed and all its runs completed normally, and named in their
     * errors otherwise.
     */
    public WorkerPoolBuilder logDirectory(Path directory) {
        logDirectory = Optional.of(directory);
        return this;
    }

    /** Largest encoded value that may cross, in bytes; an item whose value is larger fails. Default: 64 MiB. */
    public WorkerPoolBuilder maxItemBytes(int bytes) {
        maxItemBytes = (int) atLeast(1, "maxItemBytes", bytes);
        return this;
    }

    /**
     * Values whose encoded size is at least {@code threshold} bytes do not go through the socket, but by way of memory that the worker and this JVM share, of which
     * each worker has up to {@code capacity} bytes for what it is sent and as much for what it answers; at most 512 MiB. It is taken when it is needed, kept for the
     * values that follow, and given back when the worker ends, however that happens; it is part of the resident memory of both processes. What finds no room goes
     * through the socket. It is in {@code /dev/shm} where that can be written to, else a file in the directory of temporary files; on Windows there is none. Default: values of 64 KiB, 16 MiB.
     */
    public WorkerPoolBuilder claimCheck(long threshold, long capacity) {
        claims = Optional.of(new ClaimSettings(
                (int) atMost(
                        ClaimSettings.MOST_BYTES,
                        "claimCheck threshold",
                        atLeast(1, "claimCheck threshold", threshold)),
                (int) atMost(
                        ClaimSettings.MOST_BYTES, "claimCheck capacity", atLeast(1, "claimCheck capacity", capacity))));
        return this;
    }

    /** Sends values of all sizes through the socket. */
    public WorkerPoolBuilder noClaimCheck() {
        claims = Optional.empty();
        return this;
    }

    /** How long a worker may take from its start until it has connected, and from then until it can take items. Default: 60 s. */
    public WorkerPoolBuilder startTimeout(Duration timeout) {
        startTimeout = positive("startTimeout", timeout);
        return this;
    }

    /** How long a worker may take to end by itself, or to end what a run has left in it; then it is killed. Default: 5 s. */
    public WorkerPoolBuilder stopTimeout(Duration timeout) {
        stopTimeout = positive("stopTimeout", timeout);
        return this;
    }

    /** After how long without a run a worker ends. Default: 60 s. */
    public WorkerPoolBuilder idleExit(Duration after) {
        idleExit = positive("idleExit", after);
        return this;
    }

    /**
     * Replaces a worker that has been given so many items: its run is asked to let go of it, which finishes what the worker has. Default: never.
     */
    public WorkerPoolBuilder recycleAfter(long items) {
        recycleAfter = atLeast(1, "recycleAfter", items);
        return this;
    }

    /**
     * Replaces a worker whose resident memory, as the operating system tells it, is above that; looked at when a run has let go of it and every 2 s
     * while a run has it, which is asked to let go of it then. Default: no limit.
     */
    public WorkerPoolBuilder maxRss(long bytes) {
        maxRssBytes = atLeast(1, "maxRss", bytes);
        return this;
    }

    /** Talks over loopback TCP. Default: over a Unix-domain socket, and over loopback TCP where the path of the socket is too long. */
    public WorkerPoolBuilder loopback() {
        loopback = true;
        return this;
    }

    /**
     * Directory of the archives from which workers load classes quickly: one for each JDK and class path, written once, by the first worker that ends after
     * it was told to (which may take it some seconds, for which nobody waits but this JVM when it exits, for at most 5 s), and used by those that start
     * later. It must belong to this user and be closed to others; where it is not, or the class path is not all jars, workers start without. Default: {@code
     * reactor-topology} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}, or a directory of this user's in the temporary one.
     */
    public WorkerPoolBuilder archive(Path directory) {
        archive = Optional.of(directory);
        return this;
    }

    /** Neither writes nor uses an archive of classes. */
    public WorkerPoolBuilder noArchive() {
        archive = Optional.empty();
        return this;
    }

    /** The pool. It starts nothing before its first run. */
    public WorkerPool build() {
        return new WorkerPool(copy());
    }

    WorkerPoolBuilder copy() {
        WorkerPoolBuilder copy = new WorkerPoolBuilder();
        copy.workers = workers;
        copy.spares = spares;
        copy.threads = threads;
        copy.heapBytes = heapBytes;
        copy.jvmOptions.addAll(jvmOptions);
        copy.logDirectory = logDirectory;
        copy.maxItemBytes = maxItemBytes;
        copy.startTimeout = startTimeout;
        copy.stopTimeout = stopTimeout;
        copy.idleExit = idleExit;
        copy.recycleAfter = recycleAfter;
        copy.maxRssBytes = maxRssBytes;
        copy.loopback = loopback;
        copy.archive = archive;
        copy.claims = claims;
        return copy;
    }

    /** These settings, with logs where the plan's observer wants them unless a directory was set. */
    WorkerPoolBuilder observed(TopologyPlan plan) {
        RunObserver observer = plan.observer();
        if (logDirectory.isPresent() || observer == null) {
            return this;
        }
        WorkerPoolBuilder copy = copy();
        copy.logDirectory = observer.logs();
        return copy;
    }

    MachineShare share() {
        return MachineShare.of(workers, threads, heapBytes);
    }

    int maxItemBytes() {
        return maxItemBytes;
    }

    Duration startTimeout() {
        return startTimeout;
    }

    PoolSettings poolSettings(MachineShare share) {
        return new PoolSettings(
                share.workers(),
                spares,
                idleExit,
                recycleAfter,
                maxRssBytes,
                PoolSettings.RSS_EVERY,
                PoolSettings.QUANTUM,
                stopTimeout);
    }

    ProcessSettings processSettings(MachineShare share) {
        return new ProcessSettings(
                share,
                jvmOptions,
                logDirectory,
                loopback,
                Coordinator.maxBodyBytes(maxItemBytes),
                startTimeout,
                stopTimeout,
                archive,
                claims);
    }

    static long atLeast(long least, String name, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be at least " + least);
        }
        return value;
    }

    private static long atMost(long most, String name, long value) {
        if (value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be at most " + most);
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be positive");
        }
        return value;
    }
}

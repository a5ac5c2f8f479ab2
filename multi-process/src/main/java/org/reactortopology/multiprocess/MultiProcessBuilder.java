package org.reactortopology.multiprocess;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.process.MachineShare;

/** Settings of a {@link MultiProcessExecutor}. Not thread-safe; {@link #build} copies it. */
public final class MultiProcessBuilder {

    private static final int MIB = 1024 * 1024;
    private static final int OUTCOMES_OF_EACH = 2048;
    private static final int LEAST_OUTCOMES = 4096;
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(4);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    int itemBuffer = 4096;
    long itemBufferBytes = 32L * MIB;

    /** 0 if it is to follow the number of workers. */
    int outcomeBuffer;

    long outcomeBufferBytes = 64L * MIB;
    Duration outcomeHold = Duration.ofMillis(5);
    int maxRestarts = 100;
    Duration restartWindow = Duration.ofMinutes(1);
    Duration workerSilence = Duration.ofSeconds(30);
    Class<? extends CodecFactory> codec = TaggedCodec.Factory.class;

    /** What the run's own pool is made with, if it has one. */
    private final WorkerPoolBuilder own;

    /** Names of the settings of its own pool that were called. */
    private final Set<String> ownSettings = new LinkedHashSet<>();

    private @Nullable WorkerPool pool;

    MultiProcessBuilder() {
        this(new WorkerPoolBuilder());
    }

    private MultiProcessBuilder(WorkerPoolBuilder own) {
        this.own = own;
    }

    /**
     * Takes workers from this pool, which stays open when a run ends. Default: each run has a pool of its own, which ends with it. The settings of
     * workers are the pool's then: {@link #build} refuses any that is given here too. While other runs have workers of the pool, a run whose
     * {@link org.reactortopology.Partitioning} names the worker of each item gives those of a worker that it lacks to another.
     */
    public MultiProcessBuilder pool(WorkerPool shared) {
        pool = Objects.requireNonNull(shared, "shared");
        return this;
    }

    /** How many child JVMs run at once, at most. Default: one per processor of this machine, divided by {@link #threads} if that is set. */
    public MultiProcessBuilder workers(int count) {
        own("workers").workers(count);
        return this;
    }

    /** Cpu threads of each worker, and of the works that run here. Default: processors of this machine divided by workers, at least 1. */
    public MultiProcessBuilder threads(int count) {
        own("threads").threads(count);
        return this;
    }

    /**
     * Largest heap of each worker, in bytes. Default: half of the machine's memory divided by workers, from 64 MiB to 4 GiB. A heap begins with 192 MiB and grows
     * as it is needed; {@code jvmOption("-Xms1g")} has it begin with more.
     */
    public MultiProcessBuilder heap(long bytes) {
        own("heap").heap(bytes);
        return this;
    }

    /**
     * Adds an option to the workers' command line, after the framework's own, so that it wins. Default: none beside the framework's, which tell a worker
     * of its threads as if they were the machine's processors, and choose the serial collector up to two of them unless an option, here or in the
     * environment ({@code JAVA_TOOL_OPTIONS} and the like), chooses a collector. Must hold no secret: others can read it.
     */
    public MultiProcessBuilder jvmOption(String option) {
        own("jvmOption").jvmOption(option);
        return this;
    }

    /**
     * Where {@code worker-000.log} and so on go, which hold what workers write to standard output and error; files of an earlier run are
     * overwritten. Default: a fresh temporary directory, removed when the run completes normally and named in the error otherwise.
     */
    public MultiProcessBuilder logDirectory(Path directory) {
        own("logDirectory").logDirectory(directory);
        return this;
    }

    /**
     * How many items one worker may hold at most, and of how many encoded bytes. How many it is given in fact depends on how quickly it answers.
     * Default: 4096 items of 32 MiB.
     */
    public MultiProcessBuilder itemBuffer(int items, long bytes) {
        itemBuffer = (int) WorkerPoolBuilder.atLeast(1, "itemBuffer items", items);
        itemBufferBytes = WorkerPoolBuilder.atLeast(1, "itemBuffer bytes", bytes);
        return this;
    }

    /**
     * How many outcomes may wait for the subscriber, all workers together, and of how many encoded bytes; each worker has an equal share, of at
     * least one outcome. The bytes may be exceeded by one outcome for each worker. Where works run behind the slice, at most 256 more outcomes, and
     * no more than this, wait behind those. Default: 2048 outcomes for each worker, at least 4096, of 64 MiB in all.
     */
    public MultiProcessBuilder outcomeBuffer(int outcomes, long bytes) {
        outcomeBuffer = (int) WorkerPoolBuilder.atLeast(1, "outcomeBuffer outcomes", outcomes);
        outcomeBufferBytes = WorkerPoolBuilder.atLeast(1, "outcomeBuffer bytes", bytes);
        return this;
    }

    /**
     * How long a worker may hold an outcome back, at most, to send several together. It holds none beyond half of the items that it has, half of the outcomes that it may
     * send, or 64 KiB: so where few items are in a worker, or no more come, each outcome is sent at once. Items whose outcomes are held are run again if the worker dies.
     * Default: 5 ms; from 0, which holds nothing, to 1 s.
     */
    public MultiProcessBuilder outcomeHold(Duration longest) {
        if (longest.isNegative() || longest.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("outcomeHold is " + longest + ": it must be from 0 to " + LONGEST_HOLD);
        }
        outcomeHold = longest;
        return this;
    }

    /** Largest encoded value that may cross, in bytes; an item whose value is larger fails. Default: 64 MiB. */
    public MultiProcessBuilder maxItemBytes(int bytes) {
        own("maxItemBytes").maxItemBytes(bytes);
        return this;
    }

    /**
     * From which encoded size on values go by way of memory that a worker shares with this JVM, and how many bytes of it each worker has for each direction, see
     * {@link WorkerPoolBuilder#claimCheck}. Default: values of 64 KiB, 16 MiB.
     */
    public MultiProcessBuilder claimCheck(long threshold, long capacity) {
        own("claimCheck").claimCheck(threshold, capacity);
        return this;
    }

    /** Sends values of all sizes through the socket. */
    public MultiProcessBuilder noClaimCheck() {
        own("noClaimCheck").noClaimCheck();
        return this;
    }

    /** How long a worker may take from its start until it can take items; then the run fails. Default: 60 s. */
    public MultiProcessBuilder startTimeout(Duration timeout) {
        own("startTimeout").startTimeout(timeout);
        return this;
    }

    /** How long a worker may take to end by itself at the end of a run; then it is killed. Default: 5 s. */
    public MultiProcessBuilder stopTimeout(Duration timeout) {
        own("stopTimeout").stopTimeout(timeout);
        return this;
    }

    /**
     * How many workers may die within a time window; one more ends the run with {@link WorkerDiedException}. Default: 100 in a minute. A worker that
     * died is replaced at once; if that one dies too, without an outcome and without having been busy with an item, the next waits 100 ms, then twice as long each time, up to 5 s.
     */
    public MultiProcessBuilder maxRestarts(int deaths, Duration window) {
        if (deaths < 0) {
            throw new IllegalArgumentException("maxRestarts is " + deaths + ": it must be at least 0");
        }
        maxRestarts = deaths;
        restartWindow = WorkerPoolBuilder.positive("maxRestarts window", window);
        return this;
    }

    /**
     * A worker from which nothing has come for so long is taken as frozen, killed and replaced; workers give a sign each second. Choose it longer
     * than the longest pause of their garbage collectors. Default: 30 s; at least 4 s.
     */
    public MultiProcessBuilder workerSilence(Duration limit) {
        if (limit.compareTo(LEAST_SILENCE) < 0) {
            throw new IllegalArgumentException("workerSilence is " + limit + ": it must be at least " + LEAST_SILENCE);
        }
        workerSilence = limit;
        return this;
    }

    /** Talks over loopback TCP. Default: over a Unix-domain socket, and over loopback TCP where the path of the socket is too long. */
    public MultiProcessBuilder loopback() {
        own("loopback").loopback();
        return this;
    }

    /** Directory of the archives from which workers load classes quickly, see {@link WorkerPoolBuilder#archive}. Default: one of this user's. */
    public MultiProcessBuilder archive(Path directory) {
        own("archive").archive(directory);
        return this;
    }

    /** Neither writes nor uses an archive of classes. */
    public MultiProcessBuilder noArchive() {
        own("noArchive").noArchive();
        return this;
    }

    /** What encodes values; its class is instantiated in every process. Default: Apache Fory for objects, plain bytes for arrays of primitives. */
    public MultiProcessBuilder codec(Class<? extends CodecFactory> factory) {
        codec = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * The executor.
     *
     * @throws IllegalArgumentException if a pool was given, and a setting of workers too
     */
    public MultiProcessExecutor build() {
        WorkerPool shared = pool;
        if (shared == null) {
            return new MultiProcessExecutor(copy(), new OwnPools(own.copy()));
        }
        if (!ownSettings.isEmpty()) {
            throw new IllegalArgumentException("pool(..) and " + String.join("(..), ", ownSettings)
                    + "(..) were both set: workers of a given pool have its settings; set "
                    + String.join(", ", ownSettings)
                    + " on WorkerPool.builder() instead");
        }
        return new MultiProcessExecutor(copy(), (share, topology) -> shared.launcher());
    }

    MultiProcessBuilder copy() {
        MultiProcessBuilder copy = new MultiProcessBuilder(own.copy());
        copy.itemBuffer = itemBuffer;
        copy.itemBufferBytes = itemBufferBytes;
        copy.outcomeBuffer = outcomeBuffer;
        copy.outcomeBufferBytes = outcomeBufferBytes;
        copy.outcomeHold = outcomeHold;
        copy.maxRestarts = maxRestarts;
        copy.restartWindow = restartWindow;
        copy.workerSilence = workerSilence;
        copy.codec = codec;
        copy.pool = pool;
        copy.ownSettings.addAll(ownSettings);
        return copy;
    }

    /** Outcomes that may wait for the subscriber: a worker that may send few at a time sends small frames, however many there are of them. */
    int outcomeBuffer(int workers) {
        return outcomeBuffer > 0
                ? outcomeBuffer
                : (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_OUTCOMES, (long) OUTCOMES_OF_EACH * workers));
    }

    /** Whether runs of others may take workers of the same pool. */
    boolean isPoolShared() {
        return pool != null;
    }

    /** Settings of the pool that runs take workers from. */
    WorkerPoolBuilder workerSettings() {
        return pool == null ? own : pool.settings();
    }

    MachineShare share() {
        return pool == null ? own.share() : pool.share();
    }

    private WorkerPoolBuilder own(String setting) {
        ownSettings.add(setting);
        return own;
    }

    Codec newCodec(List<Class<?>> types) {
        try {
            Constructor<? extends CodecFactory> constructor = codec.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance().create(types);
        } catch (ReflectiveOperationException e) {
            throw new TopologyException(
                    "codec factory " + codec.getName() + " cannot be instantiated (" + e
                            + "): give it a constructor without arguments, and make it static if it is a nested class",
                    e);
        }
    }
}

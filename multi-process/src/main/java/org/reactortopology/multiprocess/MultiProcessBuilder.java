package org.reactortopology.multiprocess;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.internal.coordinator.Coordinator;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.process.ProcessLauncher;
import org.reactortopology.multiprocess.internal.process.ProcessSettings;

/** Settings of a {@link MultiProcessExecutor}. Not thread-safe; {@link #build} copies it. */
public final class MultiProcessBuilder {

    private static final int MIB = 1024 * 1024;
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(4);

    int workers;
    int threads;
    long heapBytes;
    final List<String> jvmOptions = new ArrayList<>();
    Optional<Path> logDirectory = Optional.empty();
    int itemBuffer = 4096;
    long itemBufferBytes = 32L * MIB;
    int outcomeBuffer = 4096;
    long outcomeBufferBytes = 64L * MIB;
    int maxItemBytes = 64 * MIB;
    Duration startTimeout = Duration.ofSeconds(60);
    Duration stopTimeout = Duration.ofSeconds(5);
    int maxRestarts = 100;
    Duration restartWindow = Duration.ofMinutes(1);
    Duration workerSilence = Duration.ofSeconds(30);
    boolean loopback;
    Class<? extends CodecFactory> codec = TaggedCodec.Factory.class;

    MultiProcessBuilder() {}

    /** How many child JVMs run at once, at most. Default: one per processor of this machine, divided by {@link #threads} if that is set. */
    public MultiProcessBuilder workers(int count) {
        workers = atLeastOne("workers", count);
        return this;
    }

    /** Cpu threads of each worker, and of the works that run here. Default: processors of this machine divided by workers, at least 1. */
    public MultiProcessBuilder threads(int count) {
        threads = atLeastOne("threads", count);
        return this;
    }

    /** Largest heap of each worker, in bytes. Default: half of the machine's memory divided by workers, from 64 MiB to 4 GiB. */
    public MultiProcessBuilder heap(long bytes) {
        if (bytes < 16L * MIB) {
            throw new IllegalArgumentException("heap is " + bytes + " bytes: a worker needs at least " + 16 * MIB);
        }
        heapBytes = bytes;
        return this;
    }

    /** Adds an option to the workers' command line, after the framework's own. Default: none. Must hold no secret: others can read it. */
    public MultiProcessBuilder jvmOption(String option) {
        jvmOptions.add(Objects.requireNonNull(option, "option"));
        return this;
    }

    /**
     * Where {@code worker-000.log} and so on go, which hold what workers write to standard output and error; files of an earlier run are
     * overwritten. Default: a fresh temporary directory, removed when the run completes normally and named in the error otherwise.
     */
    public MultiProcessBuilder logDirectory(Path directory) {
        logDirectory = Optional.of(directory);
        return this;
    }

    /**
     * How many items one worker may hold at most, and of how many encoded bytes. How many it is given in fact depends on how quickly it answers.
     * Default: 4096 items of 32 MiB.
     */
    public MultiProcessBuilder itemBuffer(int items, long bytes) {
        itemBuffer = atLeastOne("itemBuffer items", items);
        itemBufferBytes = atLeastOne("itemBuffer bytes", bytes);
        return this;
    }

    /**
     * How many outcomes may wait for the subscriber, all workers together, and of how many encoded bytes; each worker has an equal share, of at
     * least one outcome. The bytes may be exceeded by one outcome for each worker. Where works run behind the slice, at most 256 more outcomes, and
     * no more than this, wait behind those. Default: 4096 outcomes of 64 MiB.
     */
    public MultiProcessBuilder outcomeBuffer(int outcomes, long bytes) {
        outcomeBuffer = atLeastOne("outcomeBuffer outcomes", outcomes);
        outcomeBufferBytes = atLeastOne("outcomeBuffer bytes", bytes);
        return this;
    }

    /** Largest encoded value that may cross, in bytes; an item whose value is larger fails. Default: 64 MiB. */
    public MultiProcessBuilder maxItemBytes(int bytes) {
        maxItemBytes = (int) atLeastOne("maxItemBytes", (long) bytes);
        return this;
    }

    /** How long a worker may take from its start until it can take items; then the run fails. Default: 60 s. */
    public MultiProcessBuilder startTimeout(Duration timeout) {
        startTimeout = positive("startTimeout", timeout);
        return this;
    }

    /** How long a worker may take to end by itself at the end of a run; then it is killed. Default: 5 s. */
    public MultiProcessBuilder stopTimeout(Duration timeout) {
        stopTimeout = positive("stopTimeout", timeout);
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
        restartWindow = positive("maxRestarts window", window);
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
        loopback = true;
        return this;
    }

    /** What encodes values; its class is instantiated in every process. Default: Apache Fory for objects, plain bytes for arrays of primitives. */
    public MultiProcessBuilder codec(Class<? extends CodecFactory> factory) {
        codec = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** The executor. */
    public MultiProcessExecutor build() {
        return new MultiProcessExecutor(copy(), (process, topology) -> ProcessLauncher.create(process));
    }

    MultiProcessBuilder copy() {
        MultiProcessBuilder copy = new MultiProcessBuilder();
        copy.workers = workers;
        copy.threads = threads;
        copy.heapBytes = heapBytes;
        copy.jvmOptions.addAll(jvmOptions);
        copy.logDirectory = logDirectory;
        copy.itemBuffer = itemBuffer;
        copy.itemBufferBytes = itemBufferBytes;
        copy.outcomeBuffer = outcomeBuffer;
        copy.outcomeBufferBytes = outcomeBufferBytes;
        copy.maxItemBytes = maxItemBytes;
        copy.startTimeout = startTimeout;
        copy.stopTimeout = stopTimeout;
        copy.maxRestarts = maxRestarts;
        copy.restartWindow = restartWindow;
        copy.workerSilence = workerSilence;
        copy.loopback = loopback;
        copy.codec = codec;
        return copy;
    }

    ProcessSettings processSettings(MachineShare share) {
        return new ProcessSettings(
                share.threads(),
                share.heapBytes(),
                jvmOptions,
                logDirectory,
                loopback,
                Coordinator.maxBodyBytes(maxItemBytes),
                startTimeout,
                stopTimeout);
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

    private static int atLeastOne(String name, int value) {
        return (int) atLeastOne(name, (long) value);
    }

    private static long atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be positive");
        }
        return value;
    }
}

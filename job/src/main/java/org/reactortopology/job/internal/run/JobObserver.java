package org.reactortopology.job.internal.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.internal.directory.CauseText;
import org.reactortopology.job.internal.ledger.Admission;
import org.reactortopology.job.internal.ledger.KeptValues;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Admits the items of one run, and holds what it is told of them until their outcomes are written: no more than items are under way. */
final class JobObserver implements RunObserver {

    private static final byte[] UNKEPT = new byte[0];

    private final String topology;

    /** For values that are kept; null if the topology keeps none. */
    private final @Nullable Codec codec;

    /** An item under way: a key that an input gives again may be so twice. */
    private record Under(String key, long index) {}

    private final Map<Under, ItemTrace> traces = new ConcurrentHashMap<>();
    private final Map<Under, byte[]> values = new ConcurrentHashMap<>();

    /** Items that were refused, but go on with the value that was kept. */
    private final Set<Under> restored = ConcurrentHashMap.newKeySet();

    /** Keys that were asked for and that the source has not given. */
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /** Written before the run starts, read by all; closed by the thread of the ledger. */
    private volatile @Nullable Opened opened;

    private record Opened(Admission admission, KeptValues kept, Path logs, Consumer<Throwable> failed) {}

    JobObserver(TopologyPlan plan) {
        this(plan.name(), keeps(plan) ? CodecFactory.standard().create(plan.types()) : null);
    }

    /** With a codec of one's own. */
    JobObserver(String topology, @Nullable Codec codec) {
        this.topology = topology;
        this.codec = codec;
    }

    private static boolean keeps(TopologyPlan plan) {
        return plan.nodes().stream().anyMatch(node -> node.step() instanceof Step.KeepStep);
    }

    /** From now on items may come. */
    void open(JobMode mode, Admission admission, KeptValues kept, Path logs, Consumer<Throwable> failed) {
        missing.addAll(mode.keys());
        opened = new Opened(admission, kept, logs, failed);
    }

    @Override
    public @Nullable String skip(String key) {
        Opened run = opened;
        String reason = run == null ? null : run.admission().skip(key);
        if (reason == null && !missing.isEmpty()) {
            missing.remove(key);
        }
        return reason;
    }

    @Override
    public void traced(String key, long index, ItemTrace trace) {
        traces.put(new Under(key, index), trace);
    }

    @Override
    public void kept(String key, long index, Object value) {
        try {
            values.put(new Under(key, index), codec().encode(value));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            values.put(new Under(key, index), UNKEPT);
            fail(new JobException(
                    "topology '" + topology + "': the value of key '" + key + "' cannot be kept: "
                            + CauseText.of(e)
                            + " (class " + value.getClass().getName()
                            + "): name its classes in types(..) of the topology, or move keepValues() to where values are"
                            + " simpler",
                    e));
        }
    }

    @Override
    public @Nullable Object keptValue(String key, long index) {
        Opened run = opened;
        if (run == null || run.admission().skip(key) == null) {
            return null; // left out by a work of the topology
        }
        try {
            byte[] bytes = run.kept().of(key);
            if (bytes == null) {
                return null;
            }
            Object value = codec().decode(bytes);
            restored.add(new Under(key, index));
            return value;
        } catch (JobException e) { // an aggregate without it would be wrong
            fail(e);
            return null;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            fail(new JobException(
                    "topology '" + topology + "': the value that is kept for key '" + key + "' cannot be read: "
                            + CauseText.of(e)
                            + ": run all again (JobMode.RECOMPUTE, --mode recompute)",
                    e));
            return null;
        }
    }

    @Override
    public Optional<Path> logs() {
        return Optional.ofNullable(opened).map(Opened::logs);
    }

    /** Why the job itself, and no work of the topology, would leave the key out. */
    @Nullable
    String refusal(String key) {
        Opened run = opened;
        return run == null ? null : run.admission().skip(key);
    }

    /** What became of an item on its way; forgets it. */
    @Nullable
    ItemTrace takeTrace(Outcome<?> outcome) {
        return traces.remove(under(outcome));
    }

    /** The value to keep with it; forgets it. */
    byte @Nullable [] takeValue(Outcome<?> outcome) {
        return values.isEmpty() ? null : values.remove(under(outcome));
    }

    /** Whether that value stands for one that could not be encoded. */
    static boolean isUnkept(byte @Nullable [] value) {
        return value == UNKEPT;
    }

    /** Whether it went on with a kept value; forgets it. */
    boolean takeRestored(Outcome<?> outcome) {
        return !restored.isEmpty() && restored.remove(under(outcome));
    }

    /** Keys that were asked for and never came. */
    List<String> missing() {
        return missing.stream().sorted().toList();
    }

    private static Under under(Outcome<?> outcome) {
        return new Under(outcome.key(), outcome.index());
    }

    private Codec codec() {
        return Objects.requireNonNull(codec, "nothing is kept in this topology");
    }

    private void fail(Throwable failure) {
        Opened run = opened;
        if (run != null) {
            run.failed().accept(failure);
        }
    }
}

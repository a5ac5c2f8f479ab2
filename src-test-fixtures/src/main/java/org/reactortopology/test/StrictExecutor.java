package org.reactortopology.test;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology by another executor so that hidden assumptions of its works show in a test on one thread, before they do in production:
 *
 * <ul>
 *   <li>Each work gets a copy of its value, encoded and decoded as if it had come from another process, and so does the subscriber. A value that cannot
 *       be copied is told.
 *   <li>A work that changes a value that it was given, or one that it has emitted (a buffer that it uses again), is told.
 *   <li>Between works, items overtake each other as they would on many lanes. By the {@link ImmediateExecutor} and from a source that is at hand (a
 *       series, what a {@link TopologyVerifier} gives before anything else), the order depends on the seed and on nothing else: of at most
 *       {@link #window} items behind a work, a random one goes on. On threads, lanes give way to each other at random, too.
 * </ul>
 *
 * <p>What is found does not disturb the items. When all have ended, the outcomes fail with a {@link StrictModeError} that lists it, with works, keys and
 * the seed. The seed of each run is logged. Slower than the other executor by the copying. Topologies
 * lose their origin, so they run in this JVM.
 *
 * <p>Immutable: each setter returns a changed copy.
 */
public final class StrictExecutor implements TopologyExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(StrictExecutor.class);
    private static final int WINDOW = 8;

    private final TopologyExecutor executor;
    private final long seed;
    private final int window;
    private final UnaryOperator<Object> copier;
    private final ToLongFunction<Object> fingerprint;
    private final Set<String> inPlace;

    private StrictExecutor(
            TopologyExecutor executor,
            long seed,
            int window,
            UnaryOperator<Object> copier,
            ToLongFunction<Object> fingerprint,
            Set<String> inPlace) {
        this.executor = Objects.requireNonNull(executor, "executor");
        this.seed = seed;
        this.window = window;
        this.copier = Objects.requireNonNull(copier, "copier");
        this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
        this.inPlace = Set.copyOf(inPlace);
    }

    /** Around that executor, with a random seed. */
    public static StrictExecutor of(TopologyExecutor executor) {
        long random = ThreadLocalRandom.current().nextLong();
        return new StrictExecutor(executor, random, WINDOW, ValueCopy::of, ValueFingerprint::of, Set.of());
    }

    /** Sets the seed of the order of items. Default: random. */
    public StrictExecutor seed(long value) {
        return new StrictExecutor(executor, value, window, copier, fingerprint, inPlace);
    }

    /**
     * Sets how many items may wait behind a work while others overtake them; 1 keeps the order. Default: 8.
     *
     * @throws IllegalArgumentException if {@code items} is below 1
     */
    public StrictExecutor window(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("window is " + items + ": at least 1 item must be able to pass");
        }
        return new StrictExecutor(executor, seed, items, copier, fingerprint, inPlace);
    }

    /**
     * Sets what encodes and decodes a value. Default: immutable values of the JDK, throwables and enums stay; arrays, records, lists, sets and maps are
     * copied with what they hold; others go through Java serialization. Throws for what it cannot copy.
     */
    public StrictExecutor copier(UnaryOperator<Object> encodeAndDecode) {
        return new StrictExecutor(executor, seed, window, encodeAndDecode, fingerprint, inPlace);
    }

    /**
     * Sets what tells by which a value is known to have changed. Default: a hash of the contents of arrays, records, lists, sets and maps, the
     * {@code hashCode} of classes that have one of their own, the serialized form of others.
     */
    public StrictExecutor fingerprint(ToLongFunction<Object> contents) {
        return new StrictExecutor(executor, seed, window, copier, contents, inPlace);
    }

    /** Names works that may change the values that they are given, because no other work gets them. Default: none. */
    public StrictExecutor mayChangeItsInput(String... works) {
        Set<String> all = new HashSet<>(inPlace);
        all.addAll(List.of(works));
        return new StrictExecutor(executor, seed, window, copier, fingerprint, all);
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        LOG.info("topology '{}' runs in strict mode with seed {}", topology.name(), seed);
        StrictChecks checks = new StrictChecks(topology.name(), seed, copier, fingerprint, inPlace);
        ShuffleScope scope = new ShuffleScope();
        Topology<O> checked = PlanRewrite.works(topology, work -> work.intercepted(new StrictInterceptor(checks)));
        Topology<O> shuffled =
                window == 1 ? checked : checked.rewritten(plan -> new ShuffledPlan(plan, seed, window, scope).plan());
        return new StrictRun<>(executor.run(shuffled), checks, scope);
    }

    /** The other executor and the seed. */
    @Override
    public String toString() {
        return "StrictExecutor[" + executor + ", seed " + seed + "]";
    }
}

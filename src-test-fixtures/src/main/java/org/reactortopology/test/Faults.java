package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactortopology.Topology;
import org.reactortopology.TopologyOrigin;
import org.reactortopology.spi.Step;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is to go wrong in a test, as data, without a change to the topology:
 * {@code Faults.none().failOn("read", "key-3").delay("read", "key-4", ofSeconds(2)).hangOn("save", "key-5").apply(topology)}.
 *
 * <p>A {@code cpu} or {@code io} work that is delayed or hangs keeps its thread and can be interrupted; an {@code async} work, and every work under the
 * {@link ImmediateExecutor}, waits on the clock of {@link reactor.core.scheduler.Schedulers#parallel()}, which a test may step. Several faults of one
 * work and key happen in the order in which they were given.
 *
 * <p>Immutable: each method returns a changed copy. What it is applied to can run many times, also at once, in this JVM.
 */
public final class Faults {

    /** What works throw, unless the test gives an error of its own. One object, by which it is known. */
    static final BiFunction<String, String, Throwable> INJECTED = InjectedFault::new;

    private static final Faults NONE = new Faults(List.of());

    private final List<Fault> faults;

    private Faults(List<Fault> faults) {
        this.faults = List.copyOf(faults);
    }

    /** Nothing goes wrong. */
    public static Faults none() {
        return NONE;
    }

    /** Those, in that order. */
    public static Faults of(List<? extends Fault> faults) {
        return new Faults(List.copyOf(faults));
    }

    /** These and one more. */
    public Faults with(Fault fault) {
        List<Fault> all = new ArrayList<>(faults);
        all.add(fault);
        return new Faults(all);
    }

    /** The work throws an {@link InjectedFault} for these keys. */
    public Faults failOn(String work, String key, String... more) {
        return with(new Fault.Fail(work, keys(key, more), INJECTED, Integer.MAX_VALUE));
    }

    /** The work throws an {@link InjectedFault} for every key. */
    public Faults failOnAll(String work) {
        return with(new Fault.Fail(work, Set.of(), INJECTED, Integer.MAX_VALUE));
    }

    /** The work throws that for the key; asked for at each call. */
    public Faults failWith(String work, String key, Supplier<? extends Throwable> error) {
        return with(new Fault.Fail(work, Set.of(key), (name, failing) -> error.get(), Integer.MAX_VALUE));
    }

    /**
     * The first calls for the key throw an {@link InjectedFault}, those after them do not: for works that {@code retry}. Counted from
     * {@link #apply} on, over all runs; in workers, in each of them from the start of the run.
     */
    public Faults failFirst(String work, String key, int attempts) {
        return with(new Fault.Fail(work, Set.of(key), INJECTED, attempts));
    }

    /** The work is called so much later for the key. */
    public Faults delay(String work, String key, Duration by) {
        return with(new Fault.Delay(work, Set.of(key), by));
    }

    /** The work is called so much later for every key. */
    public Faults delayAll(String work, Duration by) {
        return with(new Fault.Delay(work, Set.of(), by));
    }

    /** The work does not return for these keys and shows no progress, until a deadline of its or the end of the run. */
    public Faults hangOn(String work, String key, String... more) {
        return with(new Fault.Hang(work, keys(key, more)));
    }

    /** All of them, in order. */
    public List<Fault> all() {
        return faults;
    }

    /**
     * The same topology with these faults in it. It has an origin, and so runs over workers too, if the given one has and no fault is a function ({@link #failWith}): its
     * factory is then called again, here and in each worker.
     *
     * @throws IllegalArgumentException if the topology has no work of a name
     */
    public <O> Topology<O> apply(Topology<O> topology) {
        Optional<TopologyOrigin> origin = topology.origin();
        List<FaultData> data =
                faults.stream().map(FaultData::of).flatMap(Optional::stream).toList();
        if (origin.isEmpty() || faults.isEmpty() || data.size() < faults.size()) {
            return here(topology);
        }
        return RewrittenTopology.of(origin.get(), data, List.of());
    }

    /** The same topology with these faults in it, without an origin. */
    <O> Topology<O> here(Topology<O> topology) {
        Set<String> works = new LinkedHashSet<>();
        topology.plan().works().forEach(work -> works.add(work.name()));
        for (Fault fault : faults) {
            if (!works.contains(fault.work())) {
                throw new IllegalArgumentException("topology '" + topology.name() + "' has no work '" + fault.work()
                        + "' for " + fault + ": its works are " + works);
            }
        }
        return faults.isEmpty() ? topology : PlanRewrite.works(topology, this::around);
    }

    /** An operator that takes a value only when it is done with the one before, and so long after: {@code outcomes.transform(slowConsumer(d))}. */
    public static <T> Function<Flux<T>, Flux<T>> slowConsumer(Duration perValue) {
        return values -> values.concatMap(value -> Mono.delay(perValue).thenReturn(value), 0);
    }

    /** The faults. */
    @Override
    public String toString() {
        return "Faults" + faults;
    }

    private Step.WorkStep around(Step.WorkStep work) {
        List<Fault> here = faults.stream()
                .filter(fault -> fault.work().equals(work.name()))
                .toList();
        return here.isEmpty() ? work : work.intercepted(new FaultInterceptor(here));
    }

    private static Set<String> keys(String key, String... more) {
        Set<String> keys = new LinkedHashSet<>(List.of(more));
        keys.add(key);
        return keys;
    }
}

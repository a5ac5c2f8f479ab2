package org.reactortopology.test;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;

/**
 * Says what a topology is given and how each key is to end, then runs it and checks: a {@link reactor.test.StepVerifier} for outcomes by key.
 *
 * <pre>{@code
 * TopologyVerifier.of(topology)
 *     .thenGive("a", 1)
 *     .thenGive("b", 0)
 *     .expectDone("a", 100)
 *     .expectFailed("b", "divide", ArithmeticException.class)
 *     .expectComplete()
 *     .verify();
 * }</pre>
 *
 * <p>Expectations that follow each other stand together: by default their outcomes may come in any order, {@link #inOrder} wants them as they are
 * written. Every other step separates them: what was expected before it must have come. What nobody expected is a failure too.
 *
 * <p>A topology runs with its own source, unless something is given; then its source is replaced, and completes behind the last {@code thenGive} if
 * {@link #expectComplete} is what is waited for. A topology whose source is an {@code input} is always given to.
 *
 * <p>Without {@link #with}, everything runs on the thread that calls {@code verify}, by the {@link ImmediateExecutor}. The messages of failures name the
 * keys, what was expected and what came, and list all that does not fit. Not thread-safe; each {@code verify} is a run of its own.
 *
 * @param <O> type of the value that the topology computes for an item
 */
public final class TopologyVerifier<O> {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Topology<O> topology;
    private final Script<O> script = new Script<>();
    private TopologyExecutor executor = ImmediateExecutor.create();
    private Faults faults = Faults.none();
    private Function<Flux<Outcome<O>>, Flux<Outcome<O>>> consumer = outcomes -> outcomes;
    private long initialRequest = Long.MAX_VALUE;
    private boolean virtualTime;

    private TopologyVerifier(Topology<O> topology) {
        this.topology = Objects.requireNonNull(topology, "topology");
    }

    /** Begins a verification of the topology. */
    public static <O> TopologyVerifier<O> of(Topology<O> topology) {
        return new TopologyVerifier<>(topology);
    }

    /** Runs the topology by that executor. Default: {@link ImmediateExecutor}. */
    public TopologyVerifier<O> with(TopologyExecutor other) {
        executor = Objects.requireNonNull(other, "executor");
        return this;
    }

    /** As {@link StrictExecutor}, with that seed, around the executor that was set before. */
    public TopologyVerifier<O> strict(long seed) {
        return with(StrictExecutor.of(executor).seed(seed));
    }

    /**
     * Replaces the clock of Reactor's schedulers, which then stands still but for {@link #thenAwait}: delays, timeouts of {@code async} works and those of
     * faults take no real time. For executors that need no threads of their own. A source that chooses its scheduler when it is made, as
     * {@code Flux.interval} does, goes into a {@code Flux.defer}.
     */
    public TopologyVerifier<O> withVirtualTime() {
        virtualTime = true;
        return this;
    }

    /** What goes wrong. Default: nothing. */
    public TopologyVerifier<O> faults(Faults set) {
        faults = Objects.requireNonNull(set, "faults");
        return this;
    }

    /** How many outcomes are asked for at the start; then {@link #thenRequest}. Default: all. */
    public TopologyVerifier<O> initialRequest(long outcomes) {
        initialRequest = outcomes;
        return this;
    }

    /** Takes outcomes one by one, each that long after the one before: see {@link Faults#slowConsumer}. */
    public TopologyVerifier<O> slowConsumer(Duration perOutcome) {
        consumer = Faults.slowConsumer(perOutcome);
        return this;
    }

    /** From here on, outcomes come in the order of their expectations. */
    public TopologyVerifier<O> inOrder() {
        script.order(true);
        return this;
    }

    /** From here on, the outcomes of expectations that stand together come in any order. The default. */
    public TopologyVerifier<O> inAnyOrder() {
        script.order(false);
        return this;
    }

    /**
     * Gives an item by its value; the source's own function makes the key.
     *
     * @throws IllegalArgumentException if the source is a series, which has no such function, or takes values of another class
     */
    public TopologyVerifier<O> thenGive(Object value) {
        GivenSource.check(topology, null, value);
        script.give(source -> source.give(null, value));
        return this;
    }

    /**
     * Gives an item by its key and value.
     *
     * @throws IllegalArgumentException if the source takes values of another class
     */
    public TopologyVerifier<O> thenGive(String key, Object value) {
        Objects.requireNonNull(key, "key");
        GivenSource.check(topology, key, value);
        script.give(source -> source.give(key, value));
        return this;
    }

    /** The source that is given fails with that error. */
    public TopologyVerifier<O> thenFailSource(Throwable error) {
        script.endSource(source -> source.fail(error));
        return this;
    }

    /** Asks for so many more outcomes. */
    public TopologyVerifier<O> thenRequest(long outcomes) {
        script.request(outcomes);
        return this;
    }

    /** Lets that time pass: on the virtual clock if there is one. */
    public TopologyVerifier<O> thenAwait(Duration time) {
        script.await(time);
        return this;
    }

    /** Runs something on the thread that verifies. */
    public TopologyVerifier<O> then(Runnable task) {
        script.then(live -> task.run());
        return this;
    }

    /** Nothing comes and nothing ends in that time: on the virtual clock if there is one. */
    public TopologyVerifier<O> expectNothingFor(Duration time) {
        script.nothingFor(time);
        return this;
    }

    /** The key ends as {@link Outcome.Done} with an equal value; arrays are compared by their contents. */
    public TopologyVerifier<O> expectDone(String key, O value) {
        return expect(Expectation.done(key, value));
    }

    /** The key ends as {@link Outcome.Done}, whatever its value. */
    public TopologyVerifier<O> expectDone(String key) {
        return expect(Expectation.kind(key, Outcome.Done.class));
    }

    /** The key ends as {@link Outcome.Failed} in that work (or source). */
    public TopologyVerifier<O> expectFailed(String key, String work) {
        return expect(Expectation.failed(key, work));
    }

    /** As {@link #expectFailed(String, String)}, with a cause of that class; across processes, of that very class. */
    public TopologyVerifier<O> expectFailed(String key, String work, Class<? extends Throwable> causeType) {
        return expect(Expectation.failed(key, work, causeType));
    }

    /** The key ends as {@link Outcome.TimedOut} in that work. */
    public TopologyVerifier<O> expectTimedOut(String key, String work) {
        return expect(Expectation.timedOut(key, work));
    }

    /** As {@link #expectTimedOut(String, String)}, by that deadline. */
    public TopologyVerifier<O> expectTimedOut(String key, String work, Deadline deadline) {
        return expect(Expectation.timedOut(key, work, deadline));
    }

    /** The key ends as {@link Outcome.Crashed}. */
    public TopologyVerifier<O> expectCrashed(String key) {
        return expect(Expectation.kind(key, Outcome.Crashed.class));
    }

    /** The key ends as {@link Outcome.Skipped}. */
    public TopologyVerifier<O> expectSkipped(String key) {
        return expect(Expectation.kind(key, Outcome.Skipped.class));
    }

    /** The key ends as {@link Outcome.Consumed}. */
    public TopologyVerifier<O> expectConsumed(String key) {
        return expect(Expectation.kind(key, Outcome.Consumed.class));
    }

    /** The key ends with an outcome for which {@code check} throws nothing. */
    public TopologyVerifier<O> expectOutcome(String key, Consumer<? super Outcome<O>> check) {
        return expect(Expectation.satisfying(key, check));
    }

    /**
     * A queue comes to hold that many items, within a minute.
     *
     * @param edge as {@link org.reactortopology.QueueDepth#edge} names it: {@code 'work before' -> 'work after'}
     */
    public TopologyVerifier<O> expectQueue(String edge, int depth) {
        return expectQueue(edge, depth, PATIENCE);
    }

    /** As {@link #expectQueue(String, int)}, within that time. */
    public TopologyVerifier<O> expectQueue(String edge, int depth, Duration patience) {
        script.then(live -> live.awaitQueue(edge, depth, patience));
        return this;
    }

    /** All keys have their outcomes and the run completes. */
    public VerifierEnding<O> expectComplete() {
        return ending(VerifierEnding.Kind.COMPLETE, "the run to complete", error -> Optional.empty());
    }

    /** The run itself fails with an error of that class. */
    public VerifierEnding<O> expectError(Class<? extends Throwable> type) {
        return ending(
                VerifierEnding.Kind.ERROR,
                "the run to fail with " + type.getName(),
                error -> type.isInstance(error) ? Optional.empty() : Optional.of(""));
    }

    /** The run itself fails with an error for which {@code check} throws nothing. */
    public VerifierEnding<O> expectErrorSatisfies(Consumer<? super Throwable> check) {
        return ending(VerifierEnding.Kind.ERROR, "the run to fail so that the given check passes", error -> {
            try {
                check.accept(error);
                return Optional.empty();
            } catch (AssertionError | RuntimeException e) { // a check that throws has not passed
                return Optional.of("; " + e.getMessage());
            }
        });
    }

    /** The subscriber cancels. */
    public VerifierEnding<O> thenCancel() {
        return ending(VerifierEnding.Kind.CANCEL, "", error -> Optional.empty());
    }

    private TopologyVerifier<O> expect(Expectation<O> expectation) {
        script.expect(expectation);
        return this;
    }

    private VerifierEnding<O> ending(
            VerifierEnding.Kind kind, String expected, Function<Throwable, Optional<String>> errorMismatch) {
        VerifierEnding.Settings<O> settings =
                new VerifierEnding.Settings<>(faults.apply(topology), executor, consumer, initialRequest, virtualTime);
        return new VerifierEnding<>(settings, script, kind, expected, errorMismatch);
    }
}

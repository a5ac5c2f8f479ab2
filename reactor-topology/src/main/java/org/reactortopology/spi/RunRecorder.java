package org.reactortopology.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.RunState;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.end.EarlyEnd;
import org.reactortopology.internal.lane.FluxIndexes;
import org.reactortopology.spi.SliceEngine.RunningItem;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Counts what happens in one run. Thread-safe, except that outcomes are told one at a time. */
public final class RunRecorder {

    private final TopologyPlan plan;
    private final WorkStats works;

    /** All that items are taken from; counts them. */
    private final EarlyEnd input = new EarlyEnd();

    /** Of outcomes, which are told one at a time, like all below. */
    private final Tally done = new Tally();

    private final Tally failed = new Tally();
    private final Tally timedOut = new Tally();
    private final Tally crashed = new Tally();
    private final Tally skipped = new Tally();
    private final Tally consumed = new Tally();
    private final LongAdder derived = new LongAdder();

    /** Says that the counts have changed; only {@link #outcome} emits to it, so that it never has two emitters at once. */
    private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

    private final Sinks.Empty<Void> end = Sinks.empty();

    private final KeysInFlight inFlight = new KeysInFlight();

    /** Written by the thread that starts the run; read by anyone. */
    private volatile long startNanos = System.nanoTime();

    private volatile OptionalLong total = OptionalLong.empty();
    private volatile Supplier<List<WorkerReport>> workers = List::of;
    private volatile Supplier<List<QueueDepth>> queues = List::of;
    private volatile Supplier<List<QueueDepth>> workerQueues = List::of;
    private volatile Supplier<List<RunningItem>> running = List::of;
    private volatile Supplier<Map<String, Object>> results = Map::of;

    /** A recorder for one run of the plan. */
    public RunRecorder(TopologyPlan plan) {
        this.plan = plan;
        this.works = new WorkStats(plan);
    }

    /** Starts the clock. */
    public void started() {
        startNanos = System.nanoTime();
    }

    /** Tells how many items the source has, where it knows. */
    public void total(long items) {
        total = OptionalLong.of(items);
    }

    /** Tells where to ask for what each child JVM did. */
    public void workers(Supplier<List<WorkerReport>> reports) {
        workers = reports;
    }

    /** Tells where to ask for what can be seen of a run in this JVM, and for what its aggregates came to. */
    public void watch(SliceEngine engine) {
        queues = engine::queues;
        running = engine::running;
        results = engine.partials()::results;
    }

    /** Tells where to ask for the buffers in child JVMs. */
    public void workerQueues(Supplier<List<QueueDepth>> depths) {
        workerQueues = depths;
    }

    /** How full the buffers are now, those in child JVMs as they last told. */
    public List<QueueDepth> queues() {
        return Stream.concat(queues.get().stream(), workerQueues.get().stream()).toList();
    }

    /** What each child JVM has done by now. */
    public List<WorkerReport> workers() {
        return workers.get();
    }

    /** The items that works of this JVM are busy with now. */
    public List<RunningItem> running() {
        return running.get();
    }

    /** Grows whenever something moves: an item is taken or ends, a work is called. */
    public long moves() {
        long calls =
                works.reports().stream().mapToLong(RunReport.WorkReport::calls).sum();
        return taken() + progress().ended() + calls;
    }

    /** The outcome of an item that has ended; counts it as derived if it was made of others, and tells the observer if it was traced. */
    public Outcome<Object> outcomeOf(Item ended) {
        if (ended.derived()) {
            derived.increment();
        }
        Trace trace = ended.trace();
        RunObserver observer = plan.observer();
        if (trace != null && observer != null) {
            observer.traced(ended.key(), ended.index(), trace.soFar(ended.derived()));
        }
        return ended.outcome();
    }

    /** Keys of a source that is supplied from outside, while they are under way. */
    public KeysInFlight inFlight() {
        return inFlight;
    }

    /**
     * Counts the items that pass: they have been taken from the source. {@link #endInput} ends them early. All that an executor takes from a source passes
     * here, once.
     */
    public <T> Flux<T> countTaken(Flux<T> items) {
        if ((Flux<?>) items instanceof FluxIndexes indexes) {
            input.add(indexes.early());
            return items; // as it is, so that lanes can take from it
        }
        return input.guard(items);
    }

    /**
     * Takes no more from the source, from now on: what {@link #countTaken} gave completes, behind what has been taken, and the source is cancelled. Any
     * thread, any number of times.
     */
    public void endInput() {
        input.end();
    }

    /** Whether {@link #endInput} came before the source had ended. */
    public boolean inputWasCut() {
        return input.wasCut();
    }

    /** Counts an outcome. Called one at a time, in the order of the outcomes. */
    public void outcome(Outcome<?> outcome) {
        inFlight.ended(outcome.key());
        counter(outcome).increment();
        if (changes.currentSubscriberCount() > 0) {
            changes.tryEmitNext(true);
        }
    }

    /** The counters of the works. */
    public WorkStats works() {
        return works;
    }

    /** The counts as they are now. */
    public Progress progress() {
        long failures = failed.get() + timedOut.get() + crashed.get();
        return new Progress(
                total, taken(), done.get() + consumed.get(), failures, skipped.get(), derived.sum(), elapsed());
    }

    /** The counts now and after every outcome, of which a slow subscriber sees the latest. */
    public Flux<Progress> progressUpdates() {
        // counted when delivered, and listening before the first is delivered: no change is missed
        return Flux.merge(changes.asFlux().takeUntilOther(end.asMono()), Mono.just(true))
                .onBackpressureLatest()
                .map(change -> progress())
                .distinctUntilChanged(Progress::ended);
    }

    /** Makes the report and completes the updates. */
    public RunReport ended(RunState state, @Nullable Throwable error) {
        end.tryEmitEmpty();
        RunReport.Counts counts = new RunReport.Counts(
                taken(),
                done.get(),
                failed.get(),
                timedOut.get(),
                crashed.get(),
                skipped.get(),
                consumed.get(),
                derived.sum());
        Map<String, Object> came = Map.of();
        RunState ended = state;
        Throwable broke = error;
        try {
            came = results.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's code
            broke = error == null
                    ? new TopologyException("topology '" + plan.name() + "': an aggregate failed: " + e, e)
                    : error;
            ended = state == RunState.COMPLETED ? RunState.FAILED : state;
        }
        return new RunReport(
                plan.name(),
                ended,
                counts,
                elapsed(),
                works.reports(),
                workers.get(),
                came,
                Optional.ofNullable(broke));
    }

    private Tally counter(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?>) {
            return done;
        } else if (outcome instanceof Outcome.Failed<?>) {
            return failed;
        } else if (outcome instanceof Outcome.TimedOut<?>) {
            return timedOut;
        } else if (outcome instanceof Outcome.Crashed<?>) {
            return crashed;
        } else if (outcome instanceof Outcome.Consumed<?>) {
            return consumed;
        }
        return skipped;
    }

    private long taken() {
        return input.passed();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** A count that one thread at a time adds to and anyone reads: cheaper than one that any number may add to. */
    private static final class Tally {

        private final AtomicLong count = new AtomicLong();

        void increment() {
            count.setRelease(count.getPlain() + 1);
        }

        long get() {
            return count.getAcquire();
        }
    }
}

package org.reactortopology.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.RunState;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Counts what happens in one run. Thread-safe, except that outcomes are told one at a time. */
public final class RunRecorder {

    private final TopologyPlan plan;
    private final WorkStats works;
    private final LongAdder taken = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder crashed = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    /** Says that the counts have changed; only {@link #outcome} emits to it, so that it never has two emitters at once. */
    private final Sinks.Many<Boolean> changes = Sinks.many().multicast().directBestEffort();

    private final Sinks.Empty<Void> end = Sinks.empty();

    /** Written by the thread that starts the run; read by anyone. */
    private volatile long startNanos = System.nanoTime();

    private volatile OptionalLong total = OptionalLong.empty();
    private volatile Supplier<List<WorkerReport>> workers = List::of;

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

    /** Counts the items that pass: they have been taken from the source. */
    public Flux<Item> countTaken(Flux<Item> items) {
        return items.doOnNext(item -> taken.increment());
    }

    /** Counts an outcome. Called one at a time, in the order of the outcomes. */
    public void outcome(Outcome<?> outcome) {
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
        long failures = failed.sum() + timedOut.sum() + crashed.sum();
        return new Progress(total, taken.sum(), done.sum(), failures, skipped.sum(), elapsed());
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
                taken.sum(), done.sum(), failed.sum(), timedOut.sum(), crashed.sum(), skipped.sum());
        return new RunReport(
                plan.name(), state, counts, elapsed(), works.reports(), workers.get(), Optional.ofNullable(error));
    }

    private LongAdder counter(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?>) {
            return done;
        } else if (outcome instanceof Outcome.Failed<?>) {
            return failed;
        } else if (outcome instanceof Outcome.TimedOut<?>) {
            return timedOut;
        } else if (outcome instanceof Outcome.Crashed<?>) {
            return crashed;
        }
        return skipped;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}

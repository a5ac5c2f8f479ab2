package org.reactortopology.internal.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.HaltedException;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.TopologyRun;
import org.reactortopology.internal.end.EarlyEnd;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.TopologyPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A run that counts, ends early where asked, and reports once everything is released. */
public final class RecordedRun<O> implements TopologyRun<O> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedRun.class);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Whether the outcomes have been subscribed to, or will never be run. */
    private enum Begun {
        NOT_YET,
        BEGUN,
        NEVER
    }

    private final TopologyPlan plan;
    private final Function<RunRecorder, Execution> start;
    private final RunRecorder recorder;
    private final StallWatch stallWatch;
    private final HaltRules haltRules;
    private final AtomicReference<Begun> begun = new AtomicReference<>(Begun.NOT_YET);

    /** Ends the outcomes, whatever is in flight. */
    private final EarlyEnd outcomesEnd = new EarlyEnd();

    /** Deadlines of drains; disposed of by the end of the run. */
    private final Disposable.Composite deadlines = Disposables.composite();

    /** Written by whoever cancels, read by whoever emits. */
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** Written by whoever emits the outcome that met a rule, read by whoever ends the outcomes. */
    private final AtomicReference<@Nullable HaltedException> halted = new AtomicReference<>();

    private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
    private final AtomicReference<Mono<Void>> released = new AtomicReference<>(Mono.empty());
    private final Sinks.One<RunReport> report = Sinks.one();

    /** A run that {@code start} begins when its outcomes are subscribed to. */
    public RecordedRun(TopologyPlan plan, Function<RunRecorder, Execution> start) {
        this.plan = plan;
        this.start = start;
        this.recorder = new RunRecorder(plan);
        this.stallWatch = new StallWatch(plan, recorder);
        this.haltRules = new HaltRules(plan);
    }

    @Override
    @SuppressWarnings("unchecked") // the typed DSL made sure that the last work returns an O
    public Flux<Outcome<O>> outcomes() {
        return Flux.defer(this::begin).map(outcome -> (Outcome<O>) outcome);
    }

    @Override
    public Mono<RunReport> report() {
        return report.asMono();
    }

    @Override
    public Flux<Progress> progress() {
        return recorder.progressUpdates();
    }

    @Override
    public List<QueueDepth> queues() {
        return recorder.queues();
    }

    @Override
    public List<RunReport.WorkReport> works() {
        return recorder.works().reports();
    }

    @Override
    public List<RunReport.WorkerReport> workers() {
        return recorder.workers();
    }

    @Override
    public Mono<RunReport> drain(Duration deadline) {
        if (deadline.isNegative()) {
            throw new IllegalArgumentException(
                    "the deadline of drain is " + deadline + ": it must be zero or positive");
        }
        if (deadline.isZero()) {
            return stop();
        }
        if (!endBeforeItBegins(RunState.DRAINED)) {
            Duration left = deadline.compareTo(LONGEST) > 0 ? LONGEST : deadline;
            // a thread that may block, as the subscriber may when the outcomes complete there
            deadlines.add(Schedulers.boundedElastic().schedule(this::stop, left.toNanos(), TimeUnit.NANOSECONDS));
            recorder.endInput();
        }
        return report();
    }

    @Override
    public Mono<RunReport> stop() {
        if (!endBeforeItBegins(RunState.STOPPED)) {
            outcomesEnd.end();
        }
        return report();
    }

    private boolean endBeforeItBegins(RunState state) {
        boolean ends = begun.compareAndSet(Begun.NOT_YET, Begun.NEVER);
        if (ends) {
            recorder.started();
            tell(recorder.ended(state, null));
        }
        return ends;
    }

    private Flux<Outcome<Object>> begin() {
        if (begun.compareAndSet(Begun.NOT_YET, Begun.BEGUN)) {
            return recorded();
        }
        return begun.get() == Begun.NEVER ? Flux.empty() : Flux.error(secondSubscriber());
    }

    private Flux<Outcome<Object>> recorded() {
        return Flux.defer(() -> {
                    recorder.started();
                    Execution execution = start.apply(recorder);
                    released.set(execution.released());
                    stallWatch.start();
                    return outcomesEnd.guard(execution.outcomes());
                })
                .doOnNext(this::count)
                .concatWith(Mono.defer(() -> Mono.justOrEmpty(halted.get()).flatMap(Mono::error)))
                .doOnCancel(() -> cancelled.set(true))
                .doOnError(error::set)
                .doFinally(this::ended);
    }

    /** An outcome that comes after the cancellation is most likely its victim, and nobody gets it. */
    private void count(Outcome<Object> outcome) {
        if (!cancelled.get()) {
            recorder.outcome(outcome);
            haltRules.judge(outcome).ifPresent(this::halt);
        }
    }

    private void halt(HaltRules.Verdict verdict) {
        halted.set(verdict.error());
        if (verdict.now()) {
            outcomesEnd.end(); // behind this outcome
        } else {
            recorder.endInput();
        }
    }

    private void ended(SignalType signal) {
        stallWatch.stop();
        deadlines.dispose();
        released.get()
                .onErrorResume(failure -> {
                    LOG.warn("topology '{}': what the run used was not released cleanly", plan.name(), failure);
                    return Mono.empty();
                })
                .subscribe(nothing -> {}, failure -> {}, () -> tell(recorder.ended(state(signal), error.get())));
    }

    private void tell(RunReport ended) {
        LOG.debug("{}; works {}; workers {}", ended.summary(), ended.works(), ended.workers());
        report.tryEmitValue(ended);
    }

    private RunState state(SignalType signal) {
        if (signal == SignalType.CANCEL) {
            return RunState.CANCELLED;
        }
        Throwable failure = error.get();
        if (failure != null) {
            return failure instanceof HaltedException ? RunState.HALTED : RunState.FAILED;
        }
        if (outcomesEnd.wasCut()) {
            return RunState.STOPPED;
        }
        return recorder.inputWasCut() ? RunState.DRAINED : RunState.COMPLETED;
    }

    private IllegalStateException secondSubscriber() {
        return new IllegalStateException("the run of topology '" + plan.name()
                + "' has been subscribed to already: a run is one execution; call executor.run(topology) for another");
    }
}

package org.reactortopology.internal.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.TopologyRun;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.TopologyPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/** A run that counts, stops at a failure where asked, and reports once everything is released. */
public final class RecordedRun<O> implements TopologyRun<O> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedRun.class);

    private final TopologyPlan plan;
    private final Function<RunRecorder, Execution> start;
    private final RunRecorder recorder;
    private final StallWatch stallWatch;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /** Written by whoever cancels, read by whoever emits. */
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
    private final AtomicReference<Mono<Void>> released = new AtomicReference<>(Mono.empty());
    private final Sinks.One<RunReport> report = Sinks.one();

    /** A run that {@code start} begins when its outcomes are subscribed to. */
    public RecordedRun(TopologyPlan plan, Function<RunRecorder, Execution> start) {
        this.plan = plan;
        this.start = start;
        this.recorder = new RunRecorder(plan);
        this.stallWatch = new StallWatch(plan, recorder);
    }

    @Override
    @SuppressWarnings("unchecked") // the typed DSL made sure that the last work returns an O
    public Flux<Outcome<O>> outcomes() {
        return Flux.defer(() -> subscribed.compareAndSet(false, true) ? recorded() : Flux.error(secondSubscriber()))
                .map(outcome -> (Outcome<O>) outcome);
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

    private Flux<Outcome<Object>> recorded() {
        return Flux.defer(() -> {
                    recorder.started();
                    Execution execution = start.apply(recorder);
                    released.set(execution.released());
                    stallWatch.start();
                    return plan.stopOnFailure() ? stopping(execution.outcomes()) : execution.outcomes();
                })
                .doOnNext(this::count)
                .doOnCancel(() -> cancelled.set(true))
                .doOnError(error::set)
                .doFinally(this::ended);
    }

    private Flux<Outcome<Object>> stopping(Flux<Outcome<Object>> outcomes) {
        AtomicReference<@Nullable Outcome<Object>> first = new AtomicReference<>();
        return outcomes.takeUntil(outcome -> outcome.isFailure() && first.compareAndSet(null, outcome))
                .concatWith(Mono.defer(() -> {
                    Outcome<Object> failure = first.get();
                    return failure == null
                            ? Mono.empty()
                            : Mono.error(new StoppedOnFailureException(plan.name(), failure));
                }));
    }

    /** An outcome that comes after the cancellation is most likely its victim, and nobody gets it. */
    private void count(Outcome<Object> outcome) {
        if (!cancelled.get()) {
            recorder.outcome(outcome);
        }
    }

    private void ended(SignalType signal) {
        stallWatch.stop();
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
        if (failure == null) {
            return RunState.COMPLETED;
        }
        return failure instanceof StoppedOnFailureException ? RunState.STOPPED : RunState.FAILED;
    }

    private IllegalStateException secondSubscriber() {
        return new IllegalStateException("the run of topology '" + plan.name()
                + "' has been subscribed to already: a run is one execution; call executor.run(topology) for another");
    }
}

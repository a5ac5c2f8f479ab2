package org.reactortopology.test;

import java.time.Duration;
import java.util.List;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A run whose outcomes end with what strict mode has found. */
final class StrictRun<O> implements TopologyRun<O> {

    private final TopologyRun<O> run;
    private final StrictChecks checks;
    private final ShuffleScope scope;

    StrictRun(TopologyRun<O> run, StrictChecks checks, ShuffleScope scope) {
        this.run = run;
        this.checks = checks;
        this.scope = scope;
    }

    @Override
    public Flux<Outcome<O>> outcomes() {
        return scope.drive(run.outcomes())
                .map(this::copied)
                .concatWith(Mono.defer(
                        () -> checks.verdict().map(Mono::<Outcome<O>>error).orElse(Mono.empty())));
    }

    @SuppressWarnings("unchecked") // a copy has the type of the value
    private Outcome<O> copied(Outcome<O> outcome) {
        return outcome instanceof Outcome.Done<O> done
                ? new Outcome.Done<>(
                        done.key(), done.index(), (O) checks.copy(done.value(), "leaves the topology", done.key()))
                : outcome;
    }

    @Override
    public Mono<RunReport> drain(Duration deadline) {
        return run.drain(deadline);
    }

    @Override
    public Mono<RunReport> stop() {
        return run.stop();
    }

    @Override
    public Mono<RunReport> report() {
        return run.report();
    }

    @Override
    public Flux<Progress> progress() {
        return run.progress();
    }

    @Override
    public List<RunReport.WorkReport> works() {
        return run.works();
    }

    @Override
    public List<RunReport.WorkerReport> workers() {
        return run.workers();
    }

    @Override
    public List<QueueDepth> queues() {
        return run.queues();
    }
}

package org.reactortopology.job.internal.run;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.JobRun;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A run whose outcomes are written down before they are emitted. */
final class LedgerRun<O> implements JobRun<O> {

    private enum Begun {
        NOT_YET,
        BEGUN,
        NEVER
    }

    private final JobSettings settings;
    private final Topology<O> topology;
    private final String executor;
    private final JobObserver observer;
    private final TopologyRun<O> inner;
    private final AtomicReference<Begun> begun = new AtomicReference<>(Begun.NOT_YET);
    private final Sinks.One<RunReport> report = Sinks.one();
    private volatile Path directory; // written by the thread of the ledger

    LedgerRun(JobSettings settings, Topology<O> topology, String executor, JobObserver observer, TopologyRun<O> inner) {
        this.settings = settings;
        this.directory = settings.directory();
        this.topology = topology;
        this.executor = executor;
        this.observer = observer;
        this.inner = inner;
    }

    @Override
    public Flux<Outcome<O>> outcomes() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Outcome<O>> actual) {
                begin(actual);
            }
        };
    }

    private void begin(CoreSubscriber<? super Outcome<O>> actual) {
        if (begun.compareAndSet(Begun.NOT_YET, Begun.BEGUN)) {
            new Recording<>(
                            inner,
                            observer,
                            report,
                            settings.buffer(),
                            Schedulers.boundedElastic().createWorker(),
                            actual)
                    .begin(actual, this::open);
        } else if (begun.get() == Begun.NEVER) {
            inner.outcomes().subscribe(actual);
        } else {
            Operators.error(
                    actual,
                    new IllegalStateException("the run of topology '" + topology.name()
                            + "' has been subscribed to already: a run is one execution; call executor.run(topology)"
                            + " for another"));
        }
    }

    private OpenJob open(Consumer<Throwable> failed) throws SQLException {
        OpenJob job = new Opening(settings, topology, executor, observer, failed).open();
        directory = job.files().directory();
        return job;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Mono<RunReport> report() {
        return inner.report().flatMap(told -> begun.get() == Begun.BEGUN ? report.asMono() : Mono.just(told));
    }

    @Override
    public Flux<Progress> progress() {
        return inner.progress();
    }

    @Override
    public List<QueueDepth> queues() {
        return inner.queues();
    }

    @Override
    public List<RunReport.WorkReport> works() {
        return inner.works();
    }

    @Override
    public List<RunReport.WorkerReport> workers() {
        return inner.workers();
    }

    @Override
    public Mono<RunReport> drain(Duration deadline) {
        if (!deadline.isNegative()) {
            begun.compareAndSet(Begun.NOT_YET, Begun.NEVER);
        }
        return inner.drain(deadline).then(report());
    }

    @Override
    public Mono<RunReport> stop() {
        begun.compareAndSet(Begun.NOT_YET, Begun.NEVER);
        return inner.stop().then(report());
    }
}

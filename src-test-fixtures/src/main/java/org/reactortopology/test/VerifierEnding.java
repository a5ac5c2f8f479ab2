package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.spi.Source;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;

/** The end of a {@link TopologyVerifier}'s script: what is to hold when the run has ended. Not thread-safe. */
public final class VerifierEnding<O> {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How the outcomes end. */
    enum Kind {
        COMPLETE,
        ERROR,
        CANCEL
    }

    /** What runs, and how. */
    record Settings<O>(
            Topology<O> topology,
            TopologyExecutor executor,
            Function<Flux<Outcome<O>>, Flux<Outcome<O>>> consumer,
            long initialRequest,
            boolean virtualTime) {}

    private final Settings<O> settings;
    private final Script<O> script;
    private final Kind kind;
    private final String expected;
    private final Function<Throwable, Optional<String>> errorMismatch;
    private final List<BiConsumer<RunReport, LiveRun<O>>> reportChecks = new ArrayList<>();
    private @Nullable Duration noLeak;

    VerifierEnding(
            Settings<O> settings,
            Script<O> script,
            Kind kind,
            String expected,
            Function<Throwable, Optional<String>> errorMismatch) {
        this.settings = settings;
        this.script = script;
        this.kind = kind;
        this.expected = expected;
        this.errorMismatch = errorMismatch;
    }

    /** The aggregate came to an equal result; arrays are compared by their contents. */
    public <R> VerifierEnding<O> expectResult(Aggregate<?, ?, R> aggregate, R result) {
        reportChecks.add((report, live) -> {
            R came = result(report, aggregate, live);
            if (!Objects.deepEquals(came, result)) {
                throw live.fail("expected aggregate '" + aggregate.name() + "' to come to " + ValueText.of(result)
                        + ", but it came to " + ValueText.of(came));
            }
        });
        return this;
    }

    /** The aggregate came to a result for which {@code check} throws nothing. */
    public <R> VerifierEnding<O> expectResultSatisfies(Aggregate<?, ?, R> aggregate, Consumer<? super R> check) {
        reportChecks.add((report, live) -> {
            R came = result(report, aggregate, live);
            try {
                check.accept(came);
            } catch (AssertionError e) {
                throw live.fail(
                        "aggregate '" + aggregate.name() + "' came to " + ValueText.of(came) + ": " + e.getMessage());
            }
        });
        return this;
    }

    /** The report is one for which {@code check} throws nothing. */
    public VerifierEnding<O> expectReport(Consumer<? super RunReport> check) {
        reportChecks.add((report, live) -> check.accept(report));
        return this;
    }

    /**
     * Neither a thread of a topology nor a child process is left that was not there before, a minute after the end. Sees those of other tests that run at
     * the same time too.
     */
    public VerifierEnding<O> expectNoLeak() {
        return expectNoLeak(PATIENCE);
    }

    /** As {@link #expectNoLeak()}, but what is left has only so long to end. */
    public VerifierEnding<O> expectNoLeak(Duration patience) {
        noLeak = patience;
        return this;
    }

    /**
     * Runs the topology once and checks everything; waits for at most a minute of real time.
     *
     * @return the report of the run
     * @throws AssertionError for the first step that is not as expected
     */
    public RunReport verify() {
        return verify(PATIENCE);
    }

    /** As {@link #verify()}, and waits for at most so long. */
    public RunReport verify(Duration patience) {
        LeakCheck leaks = LeakCheck.begin();
        LiveRun<O> live = live();
        try {
            steps(live).verify(patience);
        } catch (AssertionError e) {
            throw live.explained(e);
        }
        RunReport report = live.run().report().block(patience);
        if (report == null) {
            throw live.fail("the run has ended, but its report did not come within " + patience);
        }
        live.checkQueueBounds();
        reportChecks.forEach(check -> check.accept(report, live));
        if (noLeak != null) {
            leaks.awaitNothingLeft(noLeak);
        }
        return report;
    }

    private LiveRun<O> live() {
        Topology<O> topology = settings.topology();
        String name = topology + " by " + settings.executor();
        if (!isGiven()) {
            return new LiveRun<>(name, null, settings.executor().run(topology));
        }
        GivenSource given = new GivenSource(topology);
        return new LiveRun<>(name, given, settings.executor().run(given.in(topology)));
    }

    private boolean isGiven() {
        return script.gives() || settings.topology().plan().source() instanceof Source.OfInput;
    }

    private StepVerifier steps(LiveRun<O> live) {
        Supplier<Publisher<Signal<Outcome<O>>>> signals = () -> live.signals(settings.consumer());
        StepVerifierOptions options = StepVerifierOptions.create().initialRequest(settings.initialRequest());
        StepVerifier.FirstStep<Signal<Outcome<O>>> first = settings.virtualTime()
                ? StepVerifier.withVirtualTime(signals, settings.initialRequest())
                : StepVerifier.create(Flux.defer(signals), options);
        StepVerifier.Step<Signal<Outcome<O>>> steps = script.addTo(first, live, isGiven() && kind == Kind.COMPLETE);
        if (kind == Kind.CANCEL) {
            return steps.thenCancel();
        }
        // the end counts as one signal more
        StepVerifier.Step<Signal<Outcome<O>>> rest = settings.initialRequest() == Long.MAX_VALUE
                ? steps.thenConsumeWhile(live::isExtra, live::extra)
                : steps.thenRequest(1);
        return rest.consumeNextWith(signal -> live.end(signal, expected, this::endMismatch))
                .expectComplete();
    }

    private Optional<String> endMismatch(Signal<Outcome<O>> signal) {
        Throwable error = signal.getThrowable();
        if (kind == Kind.COMPLETE || error == null) {
            boolean asExpected = kind == Kind.COMPLETE && error == null;
            return asExpected ? Optional.empty() : Optional.of("");
        }
        return errorMismatch.apply(error);
    }

    private static <R> R result(RunReport report, Aggregate<?, ?, R> aggregate, LiveRun<?> live) {
        try {
            return report.result(aggregate);
        } catch (IllegalArgumentException e) {
            throw live.fail(e.getMessage()
                    + report.error()
                            .map(error -> "; the run failed with " + error)
                            .orElse(""));
        }
    }
}

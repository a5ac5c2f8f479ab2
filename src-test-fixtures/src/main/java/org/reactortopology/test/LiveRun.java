package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.QueueDepth;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/** One run that a verifier watches: what it is told, and the first thing that was not as expected. */
final class LiveRun<O> {

    private static final int MOST_EXTRAS = 20;

    private final String name;
    private final @Nullable GivenSource given;
    private final TopologyRun<O> run;
    private final List<Outcome<O>> extras = new ArrayList<>();

    /** In the order of the script; added before the run starts. */
    private final List<OutcomeGroup<O>> groups = new ArrayList<>();

    /** Written by the thread that finds it, read by the verifying one. */
    private volatile @Nullable AssertionError failure;

    LiveRun(String name, @Nullable GivenSource given, TopologyRun<O> run) {
        this.name = name;
        this.given = given;
        this.run = run;
    }

    TopologyRun<O> run() {
        return run;
    }

    /** The outcomes, and how they end. */
    Flux<Signal<Outcome<O>>> signals(Function<Flux<Outcome<O>>, Flux<Outcome<O>>> consumer) {
        return consumer.apply(run.outcomes()).materialize();
    }

    GivenSource given() {
        return Objects.requireNonNull(given, "no source is given");
    }

    void expect(OutcomeGroup<O> group) {
        groups.add(group);
    }

    void take(OutcomeGroup<O> group, Signal<Outcome<O>> signal) {
        Outcome<O> outcome = signal.get();
        String report = outcome == null ? group.report(ended(signal)) : group.take(outcome);
        if (report != null) {
            throw fail(report);
        }
    }

    /** Whether to look on for outcomes that nobody expected. */
    boolean isExtra(Signal<Outcome<O>> signal) {
        return signal.isOnNext() && extras.size() < MOST_EXTRAS;
    }

    void extra(Signal<Outcome<O>> signal) {
        extras.add(Objects.requireNonNull(signal.get()));
    }

    /** Checks how the outcomes ended. */
    void end(Signal<Outcome<O>> signal, String expected, Function<Signal<Outcome<O>>, Optional<String>> mismatch) {
        if (signal.isOnNext()) {
            extra(signal);
        }
        if (!extras.isEmpty()) {
            StringBuilder text = new StringBuilder("expected " + expected + ", but more outcomes came:");
            extras.forEach(each -> text.append("\n  unexpected: ").append(OutcomeGroup.line(each)));
            throw fail(text + (signal.isOnNext() ? "" : "\n  " + ended(signal)));
        }
        mismatch.apply(signal).ifPresent(why -> {
            throw fail("expected " + expected + ", but " + ended(signal) + why);
        });
    }

    void awaitQueue(String edge, int depth, Duration patience) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .until(() -> run.queues().stream()
                            .anyMatch(queue -> queue.edge().equals(edge) && queue.depth() == depth));
        } catch (ConditionTimeoutException e) {
            List<QueueDepth> queues = run.queues();
            boolean known = queues.stream().anyMatch(queue -> queue.edge().equals(edge));
            throw fail("expected the queue " + edge + " to hold " + depth + ", but "
                    + (known ? "it did not within " : "there is none of that name after ") + patience.toMillis()
                    + " ms; the queues are " + queues
                    + (queues.isEmpty() ? ": this executor has none, verify with(ParallelExecutor.threads(n))" : ""));
        }
    }

    void checkQueueBounds() {
        for (QueueDepth queue : run.queues()) {
            if (queue.highest() > queue.capacity()) {
                throw fail("the queue " + queue.edge() + " held " + queue.highest() + " items: its bound is "
                        + queue.capacity());
            }
        }
    }

    /** The failure to show for what the step verifier threw. */
    AssertionError explained(AssertionError thrown) {
        AssertionError known = failure;
        if (known != null) {
            return known;
        }
        Optional<String> open = groups.stream()
                .filter(OutcomeGroup::isOpen)
                .findFirst()
                .map(group -> "\nIt stopped at: " + group.report("the run has not ended"));
        return fail(thrown.getMessage() + open.orElse("") + "\nqueues: " + run.queues());
    }

    AssertionError fail(String what) {
        AssertionError error = new AssertionError(name + ": " + what);
        failure = error;
        return error;
    }

    private static String ended(Signal<?> signal) {
        return signal.isOnError() ? "the run failed with " + signal.getThrowable() : "the run completed";
    }
}

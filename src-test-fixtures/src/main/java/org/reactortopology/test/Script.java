package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.reactortopology.Outcome;
import reactor.core.publisher.Signal;
import reactor.test.StepVerifier;

/** What a verifier does and expects, in order, as steps of a {@link StepVerifier}. Not thread-safe. */
final class Script<O> {

    /** Adds to the steps of one verification. */
    interface Action<O> {
        StepVerifier.Step<Signal<Outcome<O>>> addTo(StepVerifier.Step<Signal<Outcome<O>>> steps, LiveRun<O> live);
    }

    private final List<Action<O>> actions = new ArrayList<>();

    /** Expectations that no other step has separated yet. */
    private final List<Expectation<O>> open = new ArrayList<>();

    private boolean inOrder;

    /** What is given before anything else is done or expected: it is there when the run starts. */
    private final List<Consumer<GivenSource>> givenFirst = new ArrayList<>();

    private int lastGiven = -1;
    private boolean sourceEnded;

    void order(boolean kept) {
        close();
        inOrder = kept;
    }

    void expect(Expectation<O> expectation) {
        open.add(expectation);
    }

    void request(long n) {
        add((steps, live) -> steps.thenRequest(n));
    }

    void await(Duration time) {
        add((steps, live) -> steps.thenAwait(time));
    }

    void nothingFor(Duration time) {
        add((steps, live) -> steps.expectNoEvent(time));
    }

    void then(Consumer<LiveRun<O>> task) {
        add((steps, live) -> steps.then(() -> task.accept(live)));
    }

    void give(Consumer<GivenSource> values) {
        if (actions.isEmpty() && open.isEmpty()) {
            givenFirst.add(values);
            lastGiven = 0;
            return;
        }
        then(live -> values.accept(live.given()));
        lastGiven = actions.size();
    }

    void endSource(Consumer<GivenSource> end) {
        give(end);
        sourceEnded = true;
    }

    boolean gives() {
        return lastGiven >= 0;
    }

    /**
     * The steps of one verification.
     *
     * @param endsSource whether the given source ends behind the last value
     */
    StepVerifier.Step<Signal<Outcome<O>>> addTo(
            StepVerifier.FirstStep<Signal<Outcome<O>>> first, LiveRun<O> live, boolean endsSource) {
        close();
        boolean ends = endsSource && !sourceEnded;
        StepVerifier.Step<Signal<Outcome<O>>> steps = first.expectSubscription();
        givenFirst.forEach(values -> values.accept(live.given()));
        if (ends && lastGiven <= 0) {
            live.given().complete();
        }
        int number = 0;
        for (Action<O> action : actions) {
            steps = action.addTo(steps, live);
            if (++number == lastGiven && ends) {
                steps = steps.then(() -> live.given().complete());
            }
        }
        return steps;
    }

    private void add(Action<O> action) {
        close();
        actions.add(action);
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        List<Expectation<O>> expected = List.copyOf(open);
        boolean ordered = inOrder;
        open.clear();
        actions.add((steps, live) -> {
            OutcomeGroup<O> group = new OutcomeGroup<>(expected, ordered);
            live.expect(group);
            StepVerifier.Step<Signal<Outcome<O>>> next = steps;
            for (int i = 0; i < expected.size(); i++) {
                next = next.consumeNextWith(signal -> live.take(group, signal));
            }
            return next;
        });
    }
}

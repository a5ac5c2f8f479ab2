package org.reactortopology.test;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.RemoteFailure;

/**
 * What is expected of one key.
 *
 * @param what in words
 * @param mismatch why an outcome of that key is not what is expected: empty if the words say enough, null if it is
 */
record Expectation<O>(String key, String what, Function<Outcome<O>, @Nullable String> mismatch) {

    static <O> Expectation<O> of(String key, String what, Predicate<Outcome<O>> holds) {
        Objects.requireNonNull(key, "key");
        return new Expectation<>(key, what, outcome -> holds.test(outcome) ? null : "");
    }

    static <O> Expectation<O> done(String key, @Nullable O value) {
        return of(
                key,
                "Done(" + ValueText.of(value) + ")",
                outcome -> outcome instanceof Outcome.Done<O> done && Objects.deepEquals(done.value(), value));
    }

    static <O> Expectation<O> failed(String key, String work) {
        return of(
                key,
                "Failed in work '" + work + "'",
                outcome -> outcome instanceof Outcome.Failed<O> failed
                        && failed.work().equals(work));
    }

    /** Across processes the class of the cause is known by its name only. */
    static <O> Expectation<O> failed(String key, String work, Class<? extends Throwable> causeType) {
        return of(
                key,
                "Failed in work '" + work + "' with " + causeType.getName(),
                outcome -> outcome instanceof Outcome.Failed<O> failed
                        && failed.work().equals(work)
                        && (causeType.isInstance(failed.cause())
                                || (failed.cause() instanceof RemoteFailure
                                        && failed.causeType().equals(causeType.getName()))));
    }

    static <O> Expectation<O> timedOut(String key, String work) {
        return of(
                key,
                "TimedOut in work '" + work + "'",
                outcome -> outcome instanceof Outcome.TimedOut<O> late
                        && late.work().equals(work));
    }

    static <O> Expectation<O> timedOut(String key, String work, Deadline deadline) {
        return of(
                key,
                "TimedOut in work '" + work + "' by " + deadline,
                outcome -> outcome instanceof Outcome.TimedOut<O> late
                        && late.work().equals(work)
                        && late.deadline() == deadline);
    }

    static <O> Expectation<O> kind(String key, Class<?> kind) {
        return of(key, kind.getSimpleName(), kind::isInstance);
    }

    static <O> Expectation<O> satisfying(String key, Consumer<? super Outcome<O>> check) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(check, "check");
        return new Expectation<>(key, "an outcome that passes the given check", outcome -> {
            try {
                check.accept(outcome);
                return null;
            } catch (AssertionError | RuntimeException e) { // a check that throws has not passed
                return String.valueOf(e.getMessage() == null ? e : e.getMessage());
            }
        });
    }
}

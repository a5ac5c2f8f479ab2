package org.reactortopology.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;

/** Expectations that stand together, and what came for them in one run. Told one outcome at a time; read after it by anyone. */
final class OutcomeGroup<O> {

    private final List<Expectation<O>> expected;
    private final boolean inOrder;
    private final List<Outcome<O>> came = new ArrayList<>();

    OutcomeGroup(List<Expectation<O>> expected, boolean inOrder) {
        this.expected = List.copyOf(expected);
        this.inOrder = inOrder;
    }

    int size() {
        return expected.size();
    }

    /** Whether outcomes are still to come for it. */
    synchronized boolean isOpen() {
        return came.size() < expected.size();
    }

    /** Takes an outcome; gives a report if it, or the whole group when it is complete, is not as expected. */
    synchronized @Nullable String take(Outcome<O> outcome) {
        came.add(outcome);
        if (inOrder) {
            Expectation<O> next = expected.get(came.size() - 1);
            return next.key().equals(outcome.key()) && next.mismatch().apply(outcome) == null ? null : report("");
        }
        return came.size() == expected.size() && !allMatch() ? report("") : null;
    }

    /** What was expected and what came, with everything that does not fit. */
    synchronized String report(String end) {
        StringBuilder text = new StringBuilder(inOrder ? "expected in this order:" : "expected in any order:");
        List<Outcome<O>> unexpected = new ArrayList<>(came);
        int position = 0;
        for (Expectation<O> each : expected) {
            Outcome<O> here = inOrder ? at(position++) : take(unexpected, each);
            text.append("\n  ").append(line(each, here));
            if (here != null && inOrder) {
                unexpected.remove(here);
            }
        }
        unexpected.forEach(outcome -> text.append("\n  unexpected: ").append(line(outcome)));
        return text.append(end.isEmpty() ? "" : "\n  " + end).toString();
    }

    private boolean allMatch() {
        List<Outcome<O>> left = new ArrayList<>(came);
        return expected.stream().allMatch(each -> {
            Outcome<O> outcome = take(left, each);
            return outcome != null && each.mismatch().apply(outcome) == null;
        });
    }

    private @Nullable Outcome<O> at(int position) {
        return position < came.size() ? came.get(position) : null;
    }

    /** An outcome with the key, rather one that matches. */
    private static <O> @Nullable Outcome<O> take(List<Outcome<O>> outcomes, Expectation<O> expectation) {
        Outcome<O> found = null;
        for (Outcome<O> outcome : outcomes) {
            if (outcome.key().equals(expectation.key())) {
                if (expectation.mismatch().apply(outcome) == null) {
                    outcomes.remove(outcome);
                    return outcome;
                }
                found = found == null ? outcome : found;
            }
        }
        outcomes.remove(found);
        return found;
    }

    private static <O> String line(Expectation<O> expected, @Nullable Outcome<O> came) {
        String key = "key '" + expected.key() + "': expected " + expected.what();
        if (came == null) {
            return "missing:  " + key + ", and nothing came";
        }
        boolean sameKey = came.key().equals(expected.key());
        String why = sameKey ? expected.mismatch().apply(came) : "";
        if (why == null) {
            return "ok:       " + key;
        }
        String reason = why.isEmpty() ? "" : "; " + why;
        return "mismatch: " + key + ", but came " + (sameKey ? ValueText.of(came) : line(came)) + reason;
    }

    static String line(Outcome<?> outcome) {
        return "key '" + outcome.key() + "': " + ValueText.of(outcome);
    }
}

package org.reactortopology.internal.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Halt;
import org.reactortopology.HaltedException;
import org.reactortopology.Outcome;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.spi.TopologyPlan;

/** Judges the outcomes of one run by the rules of its topology, until one is met. Told one outcome at a time. */
final class HaltRules {

    /** What a run ends with, and whether at once. */
    record Verdict(HaltedException error, boolean now) {}

    private final TopologyPlan plan;
    private final boolean any;

    private long ended;
    private long failures;
    private @Nullable Outcome<?> lastFailure;
    private boolean met;

    HaltRules(TopologyPlan plan) {
        this.plan = plan;
        this.any = plan.stopOnFailure() || !plan.haltWhen().isEmpty();
    }

    /** The verdict, where this outcome is the one that meets a rule. */
    Optional<Verdict> judge(Outcome<?> outcome) {
        if (!any || met) {
            return Optional.empty();
        }
        ended++;
        if (outcome.isFailure()) {
            failures++;
            lastFailure = outcome;
        }
        Outcome<?> failure = lastFailure;
        Optional<Verdict> verdict = failure == null ? Optional.empty() : verdict(failure);
        met = verdict.isPresent();
        return verdict;
    }

    private Optional<Verdict> verdict(Outcome<?> failure) {
        if (plan.stopOnFailure()) {
            return Optional.of(new Verdict(new StoppedOnFailureException(plan.name(), ended, failure), true));
        }
        return plan.haltWhen().stream()
                .filter(rule -> rule.isMet(ended, failures))
                .min(HaltRules::sooner)
                .map(rule -> new Verdict(verdict(rule, failure), rule.isNow()));
    }

    private HaltedException verdict(Halt rule, Outcome<?> failure) {
        return new HaltedException(plan.name(), rule, ended, failures, failure);
    }

    private static int sooner(Halt one, Halt other) {
        return Boolean.compare(other.isNow(), one.isNow());
    }
}

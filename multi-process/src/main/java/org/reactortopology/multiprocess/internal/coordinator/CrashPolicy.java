package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import java.util.Optional;
import org.reactortopology.RetryPolicy;
import org.reactortopology.spi.Step;

/** How often what kills its worker is tried again: as often as the most patient work of the slice asks, since any of them may have been the one. */
final class CrashPolicy {

    private final RetryPolicy policy;

    CrashPolicy(List<Step.WorkStep> works) {
        RetryPolicy most = RetryPolicy.none();
        for (Step.WorkStep step : works) {
            Optional<RetryPolicy> own = step.work().retryPolicy();
            if (own.isPresent() && own.get().crashes() > most.crashes()) {
                most = own.get();
            }
        }
        policy = most;
    }

    /** Whether an item that was found guilty so often is tried again. */
    boolean again(int crashes) {
        return crashes <= policy.crashes();
    }

    /** How long to wait before that. */
    long delayMillis(int crashes) {
        return policy.delay(crashes).toMillis();
    }

    /** Whether the next attempt has a larger heap. */
    boolean escalates() {
        return policy.heapFactor() > 1;
    }

    /** How much larger than usual the heap is after so many steps. */
    double heapFactor(int steps) {
        return Math.pow(policy.heapFactor(), steps);
    }
}

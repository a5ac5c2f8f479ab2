package org.reactortopology.internal.engine;

import org.reactivestreams.Publisher;
import org.reactortopology.RetryPolicy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Counts the attempts for one item by what ended them. Signals come one after the other. */
final class RetryByReason {

    private final RetryPolicy policy;
    private int failures;
    private int timeouts;

    private RetryByReason(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Tries again as the policy says; what ended the last attempt is the error then. */
    static Retry of(RetryPolicy policy) {
        return Retry.from(signals -> {
            RetryByReason attempts = new RetryByReason(policy);
            return signals.concatMap(signal -> attempts.after(signal.failure()), 1);
        });
    }

    private Publisher<Long> after(Throwable thrown) {
        boolean again;
        if (Call.breaksTheJvm(thrown)) {
            again = false;
        } else if (thrown instanceof CallClock.Exceeded) {
            again = ++timeouts <= policy.timeouts();
        } else {
            again = ++failures <= policy.failures();
        }
        if (!again) {
            return Mono.error(thrown);
        }
        int retry = failures + timeouts;
        return policy.delay(retry).isZero() ? Flux.just(0L) : Mono.delay(policy.delay(retry));
    }
}

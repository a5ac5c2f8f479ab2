package org.reactortopology;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.util.retry.Retry;

class RetryPolicyTest {

    @Test
    void eachReasonHasACountOfItsOwn() {
        assertThat(RetryPolicy.failures(3)
                        .andCrashes(1)
                        .backoff(ofMillis(100), ofSeconds(5))
                        .escalate(2))
                .isEqualTo(new RetryPolicy(3, 0, 1, ofMillis(100), ofSeconds(5), 2));
        assertThat(RetryPolicy.timeouts(2).andFailures(1))
                .isEqualTo(RetryPolicy.failures(1).andTimeouts(2));
        assertThat(RetryPolicy.crashes(0)).isEqualTo(RetryPolicy.none());
    }

    @Test
    void theDelayDoublesUpToTheMost() {
        RetryPolicy policy = RetryPolicy.failures(9).backoff(ofMillis(100), ofMillis(1000));

        assertThat(IntStream.rangeClosed(1, 6)
                        .mapToObj(policy::delay)
                        .mapToLong(Duration::toMillis)
                        .toArray())
                .containsExactly(100, 200, 400, 800, 1000, 1000);
        assertThat(policy.delay(Integer.MAX_VALUE)).isEqualTo(ofSeconds(1));
        assertThat(RetryPolicy.none().delay(7)).isZero();
        Duration longest = ofSeconds(Long.MAX_VALUE);
        assertThat(RetryPolicy.none().backoff(longest.minusSeconds(1), longest).delay(3))
                .isEqualTo(longest);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.failures(-1))
                .withMessageContaining("failures is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.timeouts(-1))
                .withMessageContaining("timeouts is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.crashes(-1))
                .withMessageContaining("crashes is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.none().backoff(ofMillis(-1), ofMillis(1)))
                .withMessageContaining("backoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.none().backoff(ofMillis(2), ofMillis(1)))
                .withMessageContaining("backoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.none().escalate(0.5))
                .withMessageContaining("heap factor is 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.none().escalate(Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.none().delay(0));
    }

    @Test
    void aWorkHasOneOfTheTwoKindsOfRetry() {
        Work<Long, Long> work = Work.<Long, Long>cpu(n -> n).retry(RetryPolicy.failures(1));
        assertThat(work.retryPolicy()).contains(RetryPolicy.failures(1));
        assertThat(work.retry()).isEmpty();

        Work<Long, Long> other = work.timeout(ofSeconds(1)).retry(Retry.max(1));
        assertThat(other.retryPolicy()).isEmpty();
        assertThat(other.retry()).isPresent();
        assertThat(other.timeout()).contains(ofSeconds(1));
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Work.cpu(n -> n).silence(Duration.ZERO))
                .withMessageContaining("silence is PT0S");
        assertThat(Work.cpu(n -> n)
                        .silence(ofSeconds(2))
                        .concurrency(1)
                        .timeout(ofSeconds(3))
                        .silence())
                .contains(ofSeconds(2));
    }
}

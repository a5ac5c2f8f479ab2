package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Halt.failedShare;
import static org.reactortopology.Halt.failures;
import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

@Timeout(60)
class HaltTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"2, 2, false", "3, 3, true", "100, 4, true", "100, 2, false"})
    void aNumberOfFailuresIsMetWhenThereAreSoMany(long ended, long failed, boolean met) {
        assertThat(failures(3).isMet(ended, failed)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"99, 99, false", "100, 4, false", "100, 5, true", "101, 5, false", "200, 10, true", "100, 0, false"})
    void aShareIsJudgedFromTheGivenItemOn(long ended, long failed, boolean met) {
        assertThat(failedShare(0.05, 100).isMet(ended, failed)).isEqualTo(met);
    }

    @Test
    void theShareOfAnyWholePercentIsExact() {
        for (int percent = 1; percent <= 100; percent++) {
            assertThat(failedShare(percent / 100.0, 1).isMet(100, percent)).isTrue();
            assertThat(failedShare(percent / 100.0, 1).isMet(100, percent - 1L)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aNumberBelowOneIsRefused(long count) {
        assertThatThrownBy(() -> failures(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("failures(" + count + ")")
                .hasMessageContaining("at least 1");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-0.1, 1", "1.01, 1", "NaN, 1", "0.5, 0"})
    void aShareThatIsNoneIsRefused(double share, long from) {
        assertThatThrownBy(() -> failedShare(share, from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("failedShare(" + share + ", " + from + ")");
    }

    @Test
    void aRuleIsWrittenAsItIsRead() {
        assertThat(failures(3)).hasToString("failures(3)");
        assertThat(failures(3).now()).hasToString("failures(3).now()");
        assertThat(failedShare(0.05, 100).now().soon()).hasToString("failedShare(0.05, 100)");
    }

    @Test
    void theExceptionNamesRuleCountsAndLastFailure() {
        StepVerifier.create(run(failures(2)).outcomes())
                .expectNextCount(3)
                .thenConsumeWhile(outcome -> true)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(HaltedException.class)
                            .hasMessageContaining(
                                    "topology 'halting' was halted, as asked by haltWhen(failures(2)): 2 of 3 items had failed, at last")
                            .hasMessageContaining("'2'")
                            .hasMessageContaining("even")
                            .cause()
                            .hasMessage("even");
                    HaltedException halted = (HaltedException) error;
                    assertThat(halted.ended()).isEqualTo(3);
                    assertThat(halted.failures()).isEqualTo(2);
                    assertThat(halted.lastFailure().key()).isEqualTo("2");
                })
                .verify(PATIENCE);
    }

    @Test
    void ofSeveralRulesTheOneThatIsMetFirstCountsAndOfTwoAtOnceTheOneThatHaltsNow() {
        TopologyRun<Long> run =
                run(failures(50), failures(2), failedShare(0.5, 3).now());

        StepVerifier.create(run.outcomes())
                .expectNextCount(3)
                .expectErrorMatches(error -> String.valueOf(error.getMessage()).contains("failedShare(0.5, 3).now()"))
                .verify(PATIENCE);
    }

    @Test
    void aRunThatMeetsNoRuleCompletes() {
        RunReport report = run(failures(51), failedShare(0.51, 60)).execute().block(PATIENCE);

        assertThat(report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(report.counts().failed()).isEqualTo(50);
    }

    @Test
    void aRuleThatTheLastItemMeetsHaltsTooThoughNothingIsLeft() {
        TopologyRun<Long> run = run(failures(50));

        StepVerifier.create(run.outcomes())
                .expectNextCount(99)
                .expectError(HaltedException.class)
                .verify(PATIENCE);
        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.HALTED);
    }

    /** The numbers from 0 to 98, of which the even ones fail. */
    private static TopologyRun<Long> run(Halt... rules) {
        TopologyBuilder builder = Topology.named("halting");
        List.of(rules).forEach(builder::haltWhen);
        return SequentialExecutor.create()
                .run(builder.source("numbers", Series.range(0, 99, 1))
                        .map("odd", cpu(HaltTest::odd))
                        .build());
    }

    private static Long odd(Long number) {
        if (number % 2 == 0) {
            throw new IllegalArgumentException("even");
        }
        return number;
    }
}

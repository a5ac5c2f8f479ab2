package org.reactortopology.multiprocess.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/** Each kind against bytes written by hand, both ways, whole and cut. A failure has a test of its own. */
class EndedCodecTest {

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        OutcomeKind.TIMED_OUT,
                        new Outcome.TimedOut<>("k", 7, "w", Duration.ofMillis(1500), Duration.ofSeconds(1L << 40, 1)),
                        "00000001 77 00 0000000000000001 1dcd6500 0000010000000000 00000001"),
                Arguments.of(
                        OutcomeKind.TIMED_OUT,
                        new Outcome.TimedOut<>(
                                "k", 7, "w", Deadline.SILENCE, Duration.ofSeconds(2), Duration.ofSeconds(3)),
                        "00000001 77 01 0000000000000002 00000000 0000000000000003 00000000"),
                Arguments.of(OutcomeKind.SKIPPED, new Outcome.Skipped<>("k", 7, "\u00e9"), "00000002 c3a9"),
                Arguments.of(
                        OutcomeKind.CONSUMED,
                        new Outcome.Consumed<>("k", 7, "by", 258),
                        "00000002 6279 0000000000000102"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bytesBothWays(OutcomeKind kind, Outcome<Object> ended, String hex) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(EndedCodec.kind(ended)).isEqualTo(kind);
        assertThat(EndedCodec.encode(ended)).isEqualTo(body);
        assertThat(EndedCodec.decode(kind, body, "k", 7)).isEqualTo(ended);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOtherLengthIsRefused(OutcomeKind kind, Outcome<Object> ended) {
        byte[] body = EndedCodec.encode(ended);
        for (int length = 0; length <= body.length + 2; length++) {
            byte[] other = Arrays.copyOf(body, length);
            if (length != body.length) {
                assertThatThrownBy(() -> EndedCodec.decode(kind, other, "k", 7)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void anUnknownDeadlineIsRefused() {
        byte[] body = EndedCodec.encode(new Outcome.TimedOut<>("k", 7, "w", Duration.ZERO, Duration.ZERO));
        body[5] = 2;

        assertThatThrownBy(() -> EndedCodec.decode(OutcomeKind.TIMED_OUT, body, "k", 7))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("deadline 2");
    }

    @Test
    void aFailureIsThatOfTheFailureCodec() {
        Outcome.Failed<Object> failed = new Outcome.Failed<>("k", 7, "w", new IllegalStateException("why"));

        Outcome<Object> back = EndedCodec.decode(OutcomeKind.FAILED, EndedCodec.encode(failed), "k", 7);

        assertThat(back).isInstanceOfSatisfying(Outcome.Failed.class, same -> {
            assertThat(same.work()).isEqualTo("w");
            assertThat(same.causeType()).isEqualTo(IllegalStateException.class.getName());
            assertThat(same.cause()).hasMessage("why");
        });
    }

    @Test
    void valuesAndCrashesHaveNoBody() {
        assertThatThrownBy(() -> EndedCodec.encode(new Outcome.Crashed<>("k", 0, "exit code 1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EndedCodec.decode(OutcomeKind.DONE, new byte[4], "k", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

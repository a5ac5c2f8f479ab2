package org.reactortopology.multiprocess.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reactortopology.RemoteFailure;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

class FailureCodecTest {

    @Test
    void aChainOfCausesComesBackWithItsTraces() {
        IOException deep = new IOException("deep");
        IllegalStateException top = new IllegalStateException("top", new IllegalArgumentException(null, deep));

        FailureCodec.Failure back = FailureCodec.decode(FailureCodec.encode("read \u00e9", top));

        assertThat(back.work()).isEqualTo("read \u00e9");
        assertSame(back.cause(), top);
        RemoteFailure second = (RemoteFailure) back.cause().getCause();
        assertThat(second.originalType()).isEqualTo(IllegalArgumentException.class.getName());
        assertThat(second.getMessage()).isNull();
        assertSame((RemoteFailure) second.getCause(), deep);
        assertThat(second.getCause().getCause()).isNull();
    }

    @Test
    void nullAndEmptyMessagesAreKeptApart() {
        assertThat(roundTrip(new RuntimeException((String) null)).getMessage()).isNull();
        assertThat(roundTrip(new RuntimeException("")).getMessage()).isEmpty();
    }

    @Test
    void aCycleOfCausesEnds() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        RemoteFailure back = roundTrip(first);

        assertThat(back.getCause()).hasMessage("second");
        assertThat(back.getCause().getCause()).isNull();
    }

    @Test
    void atMostEightCausesAreKept() {
        Exception chain = new Exception("0");
        for (int i = 1; i < 20; i++) {
            chain = new Exception(Integer.toString(i), chain);
        }
        int depth = 0;
        for (Throwable t = roundTrip(chain); t != null; t = t.getCause()) {
            assertThat(t).hasMessage(Integer.toString(19 - depth));
            depth++;
        }
        assertThat(depth).isEqualTo(8);
    }

    @Test
    void framesAndMessagesAreCut() {
        Exception thrown = new Exception("x".repeat(100_000));
        StackTraceElement[] trace = new StackTraceElement[500];
        Arrays.setAll(trace, i -> new StackTraceElement("a.B", "m" + i, i % 2 == 0 ? null : "B.java", i - 2));
        thrown.setStackTrace(trace);

        RemoteFailure back = roundTrip(thrown);

        assertThat(back.getStackTrace()).containsExactly(Arrays.copyOf(trace, 128));
        assertThat(back.getMessage()).isEqualTo("x".repeat(16_384) + " \u2026");
        assertThat(roundTrip(new Exception("y".repeat(16_384)))).hasMessage("y".repeat(16_384));
    }

    @Test
    void anExceptionWhoseMethodsThrowIsEncodedAllTheSame() {
        class Hostile extends RuntimeException {
            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException();
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException();
            }

            @Override
            public int hashCode() {
                throw new IllegalStateException();
            }
        }

        RemoteFailure back = roundTrip(new Hostile());

        assertThat(back.originalType()).contains("Hostile");
        assertThat(back.getMessage()).contains("getMessage() threw java.lang.StackOverflowError");
    }

    @Test
    void causesThatAreEqualAreNotOne() {
        class Same extends Exception {
            Same(String message, Throwable cause) {
                super(message, cause);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Same;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }

        assertThat(roundTrip(new Same("outer", new Same("inner", null))).getCause())
                .hasMessage("inner");
    }

    @Test
    void aRemoteFailureKeepsItsOriginalType() {
        RemoteFailure remote = new RemoteFailure("a.Original", "m", new StackTraceElement[0], null);
        assertThat(roundTrip(remote).originalType()).isEqualTo("a.Original");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = FailureCodec.encode("w", new IllegalStateException("top", new IOException("deep")));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> FailureCodec.decode(cut)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void lengthsThatLieAndNoCauseAreRefused() {
        assertThatThrownBy(() -> FailureCodec.decode(new byte[] {0x7f, -1, -1, -1}))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("2147483647");
        assertThatThrownBy(() -> FailureCodec.decode(new byte[] {-1, -1, -1, -1}))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> FailureCodec.decode(new byte[] {0, 0, 0, 1, 'w', 0}))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("0 causes");
    }

    private static RemoteFailure roundTrip(Throwable thrown) {
        return FailureCodec.decode(FailureCodec.encode("w", thrown)).cause();
    }

    private static void assertSame(RemoteFailure seen, Throwable thrown) {
        assertThat(seen.originalType()).isEqualTo(thrown.getClass().getName());
        assertThat(seen.getMessage()).isEqualTo(thrown.getMessage());
        StackTraceElement[] trace = thrown.getStackTrace();
        assertThat(seen.getStackTrace()).hasSize(Math.min(128, trace.length));
        for (int i = 0; i < seen.getStackTrace().length; i++) {
            StackTraceElement frame = seen.getStackTrace()[i];
            assertThat(frame.getClassName()).isEqualTo(trace[i].getClassName());
            assertThat(frame.getMethodName()).isEqualTo(trace[i].getMethodName());
            assertThat(frame.getFileName()).isEqualTo(trace[i].getFileName());
            assertThat(frame.getLineNumber()).isEqualTo(trace[i].getLineNumber());
        }
    }
}

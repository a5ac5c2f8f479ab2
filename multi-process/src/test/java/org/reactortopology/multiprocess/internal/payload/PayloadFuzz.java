package org.reactortopology.multiprocess.internal.payload;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.wire.AllocatedBytes;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/** Whatever the bodies of entries and of START are, they are read or refused by the one exception that is documented for it. */
class PayloadFuzz {

    /** The stack trace of a refusal. */
    private static final long FIXED = 256 * 1024;

    private static final int PER_BYTE = 64;

    enum Unit {
        PIXEL,
        METRE
    }

    record Point(int x, double y, Unit unit) {}

    record Field(String name, List<Point> points, Map<String, float[]> grids, Path path, Duration time) {}

    private static final Codec CODEC = new TaggedCodec.Factory().create(List.of(Field.class));

    private static final OutcomeKind[] ENDED = {
        OutcomeKind.TIMED_OUT, OutcomeKind.SKIPPED, OutcomeKind.CONSUMED, OutcomeKind.FAILED
    };

    @FuzzTest
    void ended(byte[] data) {
        if (data.length > 0) {
            OutcomeKind kind = ENDED[data[0] & 3];
            byte[] body = Arrays.copyOfRange(data, 1, data.length);
            AllocatedBytes.within(FIXED, PER_BYTE, body.length, () -> {
                try {
                    EndedCodec.encode(EndedCodec.decode(kind, body, "key", 1));
                } catch (ProtocolException e) {
                    // refused
                }
            });
        }
    }

    @FuzzTest
    void failure(byte[] data) {
        AllocatedBytes.within(FIXED, PER_BYTE, data.length, () -> {
            try {
                FailureCodec.Failure failure = FailureCodec.decode(data);
                FailureCodec.encode(failure.work(), failure.cause());
            } catch (ProtocolException e) {
                // refused
            }
        });
    }

    @FuzzTest
    void tagged(byte[] data) {
        AllocatedBytes.within(4L * ForyCodec.FIXED_BYTES, 4 * ForyCodec.BYTES_PER_BYTE, data.length, () -> {
            try {
                CODEC.decode(data);
            } catch (PayloadException e) {
                // refused
            }
        });
    }

    @FuzzTest
    void start(byte[] data) {
        AllocatedBytes.within(FIXED, PER_BYTE, data.length, () -> {
            try {
                StartMessage.decode(data);
            } catch (ProtocolException e) {
                // refused
            }
        });
    }
}

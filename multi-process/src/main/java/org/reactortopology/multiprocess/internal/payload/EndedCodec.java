package org.reactortopology.multiprocess.internal.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/**
 * How an item ended without a value, as bytes. Failed: see {@link FailureCodec}. Timed out: {@code work string | deadline u8, 0 total and 1
 * silence | limit s64 seconds, u32 nanoseconds | elapsed likewise}. Skipped: {@code reason string}. Consumed: {@code by string | children u64}. Strings are u32 length and UTF-8.
 */
public final class EndedCodec {

    private EndedCodec() {}

    /** The kind of the entry. */
    public static OutcomeKind kind(Outcome<?> ended) {
        if (ended instanceof Outcome.Failed<?>) {
            return OutcomeKind.FAILED;
        } else if (ended instanceof Outcome.TimedOut<?>) {
            return OutcomeKind.TIMED_OUT;
        } else if (ended instanceof Outcome.Skipped<?>) {
            return OutcomeKind.SKIPPED;
        } else if (ended instanceof Outcome.Consumed<?>) {
            return OutcomeKind.CONSUMED;
        }
        throw new IllegalArgumentException("an item does not cross as " + ended);
    }

    /** The body of the entry; key and index do not stand in it. */
    public static byte[] encode(Outcome<?> ended) {
        if (ended instanceof Outcome.Failed<?> failed) {
            return FailureCodec.encode(failed.work(), failed.cause());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            if (ended instanceof Outcome.TimedOut<?> late) {
                write(out, late.work());
                out.writeByte(id(late.deadline()));
                write(out, late.limit());
                write(out, late.elapsed());
            } else if (ended instanceof Outcome.Skipped<?> skipped) {
                write(out, skipped.reason());
            } else if (ended instanceof Outcome.Consumed<?> consumed) {
                write(out, consumed.by());
                out.writeLong(consumed.children());
            } else {
                throw new IllegalArgumentException("an item does not cross as " + ended);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes what {@link #encode} made.
     *
     * @throws ProtocolException if the bytes are not that
     */
    public static Outcome<Object> decode(OutcomeKind kind, byte[] body, String key, long index) {
        if (kind == OutcomeKind.FAILED) {
            FailureCodec.Failure failure = FailureCodec.decode(body);
            return new Outcome.Failed<>(key, index, failure.work(), failure.cause());
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        try {
            String text = readString(in);
            Outcome<Object> ended = switch (kind) {
                case TIMED_OUT ->
                    new Outcome.TimedOut<>(key, index, text, readDeadline(in), readDuration(in), readDuration(in));
                case SKIPPED -> new Outcome.Skipped<>(key, index, text);
                case CONSUMED -> new Outcome.Consumed<>(key, index, text, in.readLong());
                case DONE, FAILED -> throw new IllegalArgumentException(kind + " is not decoded here");
            };
            if (in.available() > 0) {
                throw new ProtocolException(
                        "an outcome of kind " + kind + " has " + in.available() + " bytes after its end");
            }
            return ended;
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw new ProtocolException(
                    "an outcome of kind " + kind + " of " + body.length + " bytes cannot be read: " + e);
        }
    }

    private static int id(Deadline deadline) {
        return switch (deadline) {
            case TOTAL -> 0;
            case SILENCE -> 1;
        };
    }

    private static Deadline readDeadline(DataInputStream in) throws IOException {
        int id = in.readUnsignedByte();
        return switch (id) {
            case 0 -> Deadline.TOTAL;
            case 1 -> Deadline.SILENCE;
            default ->
                throw new ProtocolException("deadline " + id + " of an outcome of kind " + OutcomeKind.TIMED_OUT
                        + " is not known: it is 0 or 1");
        };
    }

    private static void write(DataOutputStream out, Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private static Duration readDuration(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        return Duration.ofSeconds(seconds, in.readInt());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readString(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new ProtocolException("a string of " + length + " bytes does not fit into the " + in.available()
                    + " bytes that are left of an outcome");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}

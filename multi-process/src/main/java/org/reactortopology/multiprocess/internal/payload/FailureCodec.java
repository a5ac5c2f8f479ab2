package org.reactortopology.multiprocess.internal.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.RemoteFailure;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/**
 * A failure as bytes: {@code work string | causes u8}, then per cause, outermost first, {@code class string | has-message u8 | message
 * string | frames u16}, then per stack frame {@code class string | method string | file string (empty if unknown) | line s32}. Strings are
 * u32 length and UTF-8. At most 8 causes, 128 frames each and 16 384 characters of message are kept.
 */
public final class FailureCodec {

    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 128;
    private static final int MAX_MESSAGE = 16_384;

    /** A decoded failure. */
    public record Failure(String work, RemoteFailure cause) {}

    private FailureCodec() {}

    /** Encodes what the work of that name threw. */
    public static byte[] encode(String work, Throwable thrown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            writeString(out, work);
            List<Throwable> causes = causes(thrown);
            out.writeByte(causes.size());
            for (Throwable cause : causes) {
                writeCause(out, cause);
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
    public static Failure decode(byte[] bytes) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            String work = readString(in);
            int causes = in.readUnsignedByte();
            if (causes == 0 || causes > MAX_CAUSES) {
                throw new ProtocolException("a failure of work '" + work + "' has " + causes + " causes: 1 to "
                        + MAX_CAUSES + " are right");
            }
            Failure failure = new Failure(work, readCauses(in, causes));
            if (in.available() > 0) {
                throw new ProtocolException(
                        "a failure of work '" + work + "' has " + in.available() + " bytes after its end");
            }
            return failure;
        } catch (IOException e) {
            throw new ProtocolException("a failure of " + bytes.length + " bytes ends too early: " + e);
        }
    }

    private static List<Throwable> causes(Throwable thrown) {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> ordered = new ArrayList<>();
        for (Throwable t = thrown; t != null && ordered.size() < MAX_CAUSES && causes.add(t); t = cause(t)) {
            ordered.add(t);
        }
        return ordered;
    }

    private static void writeCause(DataOutputStream out, Throwable cause) throws IOException {
        writeString(
                out,
                cause instanceof RemoteFailure remote
                        ? remote.originalType()
                        : cause.getClass().getName());
        String message = message(cause);
        out.writeBoolean(message != null);
        writeString(out, message == null ? "" : message);
        StackTraceElement[] trace = cause.getStackTrace();
        int frames = Math.min(trace.length, MAX_FRAMES);
        out.writeShort(frames);
        for (int i = 0; i < frames; i++) {
            writeString(out, trace[i].getClassName());
            writeString(out, trace[i].getMethodName());
            writeString(out, trace[i].getFileName() == null ? "" : trace[i].getFileName());
            out.writeInt(trace[i].getLineNumber());
        }
    }

    /** A user's exception may do anything in its getCause. */
    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable t) {
            return null;
        }
    }

    /** A user's exception may do anything in its getMessage. */
    private static @Nullable String message(Throwable cause) {
        try {
            String message = cause.getMessage();
            return message == null || message.length() <= MAX_MESSAGE
                    ? message
                    : message.substring(0, MAX_MESSAGE) + " …";
        } catch (Throwable t) {
            return "(its getMessage() threw " + t.getClass().getName() + ")";
        }
    }

    private static RemoteFailure readCauses(DataInputStream in, int left) throws IOException {
        String type = readString(in);
        boolean hasMessage = in.readBoolean();
        String message = readString(in);
        int frames = in.readUnsignedShort();
        if (frames > MAX_FRAMES) {
            throw new ProtocolException(
                    "a cause of a failure has " + frames + " stack frames: at most " + MAX_FRAMES + " are right");
        }
        StackTraceElement[] trace = new StackTraceElement[frames];
        for (int i = 0; i < trace.length; i++) {
            String className = readString(in);
            String method = readString(in);
            String file = readString(in);
            trace[i] = new StackTraceElement(className, method, file.isEmpty() ? null : file, in.readInt());
        }
        RemoteFailure cause = left > 1 ? readCauses(in, left - 1) : null;
        return new RemoteFailure(type, hasMessage ? message : null, trace, cause);
    }

    private static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readString(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new ProtocolException("a string of " + length + " bytes does not fit into the " + in.available()
                    + " bytes that are left of a failure");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}

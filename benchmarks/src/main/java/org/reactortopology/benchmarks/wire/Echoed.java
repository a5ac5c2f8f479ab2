package org.reactortopology.benchmarks.wire;

import static org.reactortopology.Work.cpu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;

/** Items through one work that gives back what it gets. Keys have 12 characters. */
public final class Echoed implements TopologyFactory<Echoed.Params, Object> {

    private static final long FIRST_KEY = 100_000_000_000L;

    /**
     * What is echoed.
     *
     * @param bytes length of the byte array that every item carries, or 0 for records
     */
    public record Params(long items, int bytes) {}

    /** A record of five fields. */
    public record Measured(long id, String name, double x, double y, boolean good) {}

    @Override
    public Topology<Object> create(Params params) {
        Series<Object> values = params.bytes() == 0
                ? new Values(params.items(), null)
                : new Values(params.items(), new byte[params.bytes()]);
        return Topology.named("echo")
                .types(Measured.class)
                .source("values", values)
                .map("same", cpu((Object value) -> value))
                .build();
    }

    /** One byte array after the other from outside, whose first 12 bytes are its key. */
    public static final class FromOutside implements TopologyFactory<Params, byte[]> {
        @Override
        public Topology<byte[]> create(Params params) {
            return Topology.named("echo")
                    .input("values", byte[].class, FromOutside::key)
                    .map("same", cpu((byte[] value) -> value))
                    .build();
        }

        private static String key(byte[] value) {
            return new String(value, 0, 12, StandardCharsets.ISO_8859_1);
        }

        /** A value with that key. */
        static byte[] value(long number, int bytes) {
            return ByteBuffer.allocate(bytes)
                    .put(Long.toString(FIRST_KEY + number).getBytes(StandardCharsets.ISO_8859_1))
                    .array();
        }
    }

    /** What a user would write for this record and nothing else. */
    public static final class ByHand implements CodecFactory {
        @Override
        public Codec create(List<Class<?>> types) {
            return new Codec() {
                @Override
                public byte[] encode(Object value) {
                    Measured measured = (Measured) value;
                    byte[] name = measured.name().getBytes(StandardCharsets.UTF_8);
                    return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES + 1 + name.length)
                            .putLong(measured.id())
                            .putDouble(measured.x())
                            .putDouble(measured.y())
                            .put((byte) (measured.good() ? 1 : 0))
                            .putInt(name.length)
                            .put(name)
                            .array();
                }

                @Override
                public Object decode(byte[] bytes) {
                    ByteBuffer in = ByteBuffer.wrap(bytes);
                    long id = in.getLong();
                    double x = in.getDouble();
                    double y = in.getDouble();
                    boolean good = in.get() == 1;
                    byte[] name = new byte[in.getInt()];
                    in.get(name);
                    return new Measured(id, new String(name, StandardCharsets.UTF_8), x, y, good);
                }
            };
        }
    }

    private record Values(long size, byte @Nullable [] bytes) implements Series<Object> {
        @Override
        public String keyAt(long index) {
            return Long.toString(FIRST_KEY + index);
        }

        @Override
        public Object valueAt(long index) {
            return bytes != null ? bytes : new Measured(index, "measured by hand", 0.5 * index, -index, true);
        }

        @Override
        public boolean hasUniqueKeys() {
            return true;
        }

        @Override
        public String describe() {
            return size + " values";
        }
    }
}

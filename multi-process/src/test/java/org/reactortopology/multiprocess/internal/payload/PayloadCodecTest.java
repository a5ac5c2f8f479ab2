package org.reactortopology.multiprocess.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Pair;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;

class PayloadCodecTest {

    enum Operation {
        PLUS {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        TIMES {
            @Override
            int apply(int a, int b) {
                return a * b;
            }
        };

        abstract int apply(int a, int b);
    }

    sealed interface Shape permits Circle, Box {}

    record Circle(double radius) implements Shape {}

    record Box(List<Double> sides, Operation made) implements Shape {}

    record Image(Path path, int[] pixels, Duration exposure) {}

    record Scene(String name, List<Image> images, Map<String, Shape> shapes, Pair<Path> pair) {}

    record Stranger(int x) {}

    private final Codec codec = new TaggedCodec.Factory().create(List.of(Scene.class, Shape.class, Operation.class));

    static Stream<Object> values() {
        byte[] big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        return Stream.of(
                new byte[] {1, -1},
                new byte[0],
                new short[] {Short.MIN_VALUE, 2},
                new int[] {Integer.MIN_VALUE, 0x01020304},
                new long[] {Long.MIN_VALUE, 5},
                new float[] {Float.NaN, -0f},
                new double[] {Double.MIN_VALUE, -0d},
                new char[] {'a', '\uffff'},
                new boolean[] {true, false},
                big,
                "text with \u00e9 and \ud83d\ude00",
                "",
                Long.MIN_VALUE,
                7,
                1.5,
                true,
                'c',
                Duration.ofNanos(-1),
                Path.of("relative/f.h5"),
                Path.of("/absolute/f.h5"),
                Path.of(""),
                Operation.TIMES,
                new Circle(2),
                new Box(List.of(1.0, 2.0), Operation.PLUS),
                new Pair<>(Path.of("a"), Path.of("b")),
                new Scene(
                        "s",
                        List.of(new Image(Path.of("i"), new int[] {1, 2}, Duration.ofSeconds(3))),
                        Map.of("c", new Circle(1)),
                        new Pair<>(Path.of("a"), Path.of("/b"))),
                new ArrayList<>(List.of(1L, "x", new Circle(3))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackEqual(Object value) {
        Object back = codec.decode(codec.encode(value));

        assertThat(back).hasSameClassAs(value);
        if (value.getClass().isArray()) {
            assertThat(back).isEqualTo(value);
        } else {
            assertThat(back).usingRecursiveComparison().isEqualTo(value); // into the arrays of records
        }
    }

    @Test
    void arraysHaveTheseBytes() {
        assertThat(hex(new byte[] {1, 2})).isEqualTo("01" + "0102");
        assertThat(hex(new short[] {0x0102})).isEqualTo("02" + "0201");
        assertThat(hex(new int[] {0x01020304})).isEqualTo("03" + "04030201");
        assertThat(hex(new long[] {0x0102030405060708L})).isEqualTo("04" + "0807060504030201");
        assertThat(hex(new float[] {1f})).isEqualTo("05" + "0000803f");
        assertThat(hex(new double[] {1d})).isEqualTo("06" + "000000000000f03f");
        assertThat(hex(ByteBuffer.wrap(new byte[] {9}))).isEqualTo("07" + "09");
    }

    @Test
    void onlyTheReadableBytesOfABufferCrossAndItIsLeftAsItWas() {
        ByteBuffer direct = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
        direct.put(2, (byte) 5).put(3, (byte) 6).position(2).limit(4);

        ByteBuffer back = (ByteBuffer) codec.decode(codec.encode(direct));

        assertThat(back).isEqualTo(ByteBuffer.wrap(new byte[] {5, 6}));
        assertThat(direct.position()).isEqualTo(2);
        assertThat(direct.remaining()).isEqualTo(2);
        assertThat(codec.decode(codec.encode(direct.asReadOnlyBuffer()))).isEqualTo(direct);
    }

    @Test
    void aClassThatIsNotNamedIsRefusedWithItsNameAndTheFix() {
        assertThatThrownBy(() -> codec.encode(new Stranger(1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(Stranger.class.getName())
                .hasMessageContaining("types(");
        assertThatThrownBy(() -> codec.encode(new ArrayList<>(List.of(new Stranger(1)))))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(Stranger.class.getName());
    }

    @Test
    void twoSidesUnderstandEachOther() {
        Codec other = new TaggedCodec.Factory().create(List.of(Operation.class, Scene.class, Shape.class, Shape.class));
        Box box = new Box(List.of(3.0), Operation.TIMES);

        assertThat(other.decode(codec.encode(box))).isEqualTo(box);
    }

    @Test
    void theClosureIsTheSameWhateverTheOrder() {
        List<Class<?>> named = new ArrayList<>(List.of(Scene.class, Shape.class, Operation.class, Pair.class));
        List<Class<?>> expected = PayloadTypes.closure(named);
        assertThat(expected)
                .contains(Scene.class, Image.class, Shape.class, Circle.class, Box.class, Pair.class, Operation.class)
                .contains(Operation.PLUS.getClass())
                .doesNotHaveDuplicates()
                .allMatch(type -> !type.getName().startsWith("java."));
        Collections.reverse(named);
        assertThat(PayloadTypes.closure(named)).containsExactlyElementsOf(expected);
        Collections.rotate(named, 2);
        assertThat(PayloadTypes.closure(named)).containsExactlyElementsOf(expected);
    }

    @Test
    void malformedPayloadsAreRefused() {
        assertRefused();
        assertRefused(8);
        assertRefused(-1);
        assertRefused(2, 1);
        assertRefused(3, 1, 2, 3);
        assertRefused(4, 1);
        assertRefused(5, 1, 2);
        assertRefused(6, 1, 2, 3, 4);
        assertRefused(0);
    }

    @Test
    void everyPrefixOfAnObjectIsRefused() {
        byte[] whole = codec.encode(new Box(List.of(1.0, 2.0), Operation.PLUS));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(PayloadException.class);
        }
    }

    @Test
    void aChangedObjectIsAValueOrAPayloadException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = codec.encode(new Box(List.of(1.0, 2.0), Operation.PLUS));
        for (int round = 0; round < 3000; round++) {
            byte[] changed = whole.clone();
            changed[1 + random.nextInt(whole.length - 1)] = (byte) random.nextInt(256);
            Throwable error = catchThrowable(() -> codec.decode(changed));
            assertThat(error == null || error instanceof PayloadException)
                    .as(
                            "seed %d, round %d: %s gave %s",
                            seed, round, HexFormat.of().formatHex(changed), error)
                    .isTrue();
        }
    }

    private String hex(Object value) {
        return HexFormat.of().formatHex(codec.encode(value));
    }

    private void assertRefused(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> codec.decode(payload)).isInstanceOf(PayloadException.class);
    }
}

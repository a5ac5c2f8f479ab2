package org.reactortopology.multiprocess.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.fory.Fory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.wire.AllocatedBytes;

/** Only what the topology names crosses, in either direction, wherever in a value it stands. */
class SmuggledClassTest {

    /** Set by whoever makes a stranger. */
    static final AtomicBoolean MADE = new AtomicBoolean();

    record Named(String name, Object anything) implements Serializable {}

    static class Stranger implements Serializable {
        private static final long serialVersionUID = 1L;

        int x = 1;

        Stranger() {
            MADE.set(true);
        }
    }

    static final class StrangeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    enum StrangeEnum {
        ONE
    }

    interface StrangeFunction extends UnaryOperator<Object>, Serializable {}

    record Handler() implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return 1;
        }
    }

    private final Codec codec = new TaggedCodec.Factory().create(List.of(Named.class));

    static Stream<Object> strangers() {
        return Stream.of(
                new Stranger(),
                new Stranger[] {new Stranger()},
                new Stranger[0],
                new Stranger[1][1],
                new StrangeException(),
                StrangeEnum.ONE,
                Stranger.class,
                Pattern.compile("a"),
                (StrangeFunction) x -> x,
                Proxy.newProxyInstance(
                        SmuggledClassTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, new Handler()));
    }

    static Stream<Arguments> places() {
        return strangers()
                .flatMap(stranger -> Stream.of(
                        stranger,
                        new Named("n", stranger),
                        new ArrayList<>(List.of(stranger)),
                        new Object[] {1, stranger},
                        new HashMap<>(Map.of("k", Optional.of(stranger))),
                        new Named("n", new Named("m", List.of(stranger)))))
                .map(value -> Arguments.of(value)); // an array would be taken for several arguments
    }

    @ParameterizedTest
    @MethodSource("places")
    void isNotSent(Object value) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(value.getClass().getName())
                .hasMessageContaining("types(");
    }

    /** As one would send it who is not bound by the topology: in the envelope of a codec that lets everything pass. */
    @ParameterizedTest
    @MethodSource("places")
    void isNotRead(Object value) {
        byte[] named = codec.encode(new Named("n", "here"));
        byte[] smuggled = replaced(
                named, everything(false).serialize("here"), everything(false).serialize(value));
        byte[] described = replaced(
                named, everything(false).serialize("here"), everything(true).serialize(value));
        MADE.set(false);

        for (byte[] payload : List.of(smuggled, described)) {
            assertThatThrownBy(() -> codec.decode(payload))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("types(");
        }
        assertThat(MADE).isFalse();
    }

    /** That the way in which the others are put in does put something in. */
    @Test
    void whatIsNamedIsReadInTheSamePlace() {
        byte[] named = codec.encode(new Named("n", "here"));

        byte[] changed = replaced(
                named, everything(false).serialize("here"), everything(false).serialize(new ArrayList<>(List.of(7L))));

        assertThat(codec.decode(changed)).isEqualTo(new Named("n", List.of(7L)));
    }

    @Test
    void aClassThatOnlyTheSenderNamesIsRefusedWithTheFix() {
        Codec other = new TaggedCodec.Factory().create(List.of(Named.class, Stranger.class));
        byte[] payload = other.encode(new Named("n", new Stranger()));
        MADE.set(false);

        assertThatThrownBy(() -> codec.decode(payload))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("types(");
        assertThat(MADE).isFalse();
    }

    @Test
    void aPayloadWithoutTheEnvelopeIsRefused() {
        byte[] bare = everything(false).serialize(new ArrayList<>(List.of(1)));

        assertThatThrownBy(() -> codec.decode(tagged(bare)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("does not begin");
    }

    /** A count of 2^31 - 1, and lists in lists that each claim all that is left. */
    @Test
    void countsThatLieTakeNoMemory() {
        byte[] list = codec.encode(new ArrayList<>(Collections.nCopies(200, "x")));
        int at = indexOf(list, new byte[] {(byte) 200, 1}); // 200 as a variable-length number
        byte[] lie = new byte[list.length + 3];
        System.arraycopy(list, 0, lie, 0, at);
        System.arraycopy(new byte[] {-1, -1, -1, -1, 7}, 0, lie, at, 5);
        System.arraycopy(list, at + 2, lie, at + 5, list.length - at - 2);

        assertRefusedWithin(4L * ForyCodec.FIXED_BYTES, lie);
    }

    @Test
    void aSmallPayloadOfManyListsTakesNoMoreThanItsLengthAllows() {
        List<Object> lists = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            lists.add(new ArrayList<>(List.of(1)));
        }
        byte[] payload = codec.encode(lists);

        assertThat(AllocatedBytes.by(() -> codec.decode(payload)))
                .isLessThan(4L * ForyCodec.FIXED_BYTES + 4L * ForyCodec.BYTES_PER_BYTE * payload.length);
    }

    private void assertRefusedWithin(long bytes, byte[] payload) {
        assertThatThrownBy(() -> codec.decode(payload)).isInstanceOf(PayloadException.class); // loads classes
        assertThat(AllocatedBytes.by(
                        () -> assertThatThrownBy(() -> codec.decode(payload)).isInstanceOf(PayloadException.class)))
                .isLessThan(bytes);
    }

    private static Fory everything(boolean compatible) {
        return Fory.builder()
                .withXlang(false)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .withRefTracking(true)
                .withCodegen(false)
                .withCompatible(compatible)
                .build();
    }

    /** The bytes with one value of them, as a root of its own has it behind its header of one byte, replaced by another. */
    private static byte[] replaced(byte[] bytes, byte[] old, byte[] with) {
        byte[] bare = java.util.Arrays.copyOfRange(old, 1, old.length);
        int at = indexOf(bytes, bare);
        return ByteBuffer.allocate(bytes.length - bare.length + with.length - 1)
                .put(bytes, 0, at)
                .put(with, 1, with.length - 1)
                .put(bytes, at + bare.length, bytes.length - at - bare.length)
                .array();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("the layout of a payload has changed");
    }

    private static byte[] tagged(byte[] fory) {
        return ByteBuffer.allocate(fory.length + 1).put((byte) 0).put(fory).array();
    }
}

package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each frame against bytes written by hand, both ways, whole and cut. */
class FrameBytesTest {

    @Test
    void everyTypeHasASample() {
        Set<FrameType> sampled = EnumSet.noneOf(FrameType.class);
        Sample.ALL.forEach(sample -> sampled.add(sample.frame().type()));

        assertThat(sampled).containsExactlyInAnyOrder(FrameType.values());
    }

    @Test
    void idsAreFoundAgainAndOthersAreNone() {
        int known = 0;
        for (int id = -1; id <= 256; id++) {
            FrameType type = FrameType.of(id);
            known += type == null ? 0 : 1;
            assertThat(type == null || type.id() == id).isTrue();
        }
        assertThat(known).isEqualTo(FrameType.values().length);
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void encodesToTheseBytes(Sample sample) {
        assertThat(Sample.hex(Sample.encode(sample.frame())))
                .isEqualTo(sample.spacedHex().replace(" ", ""));
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void decodesFromTheseBytes(Sample sample) {
        assertSame(new FrameStream().feed(sample.bytes()), List.of(sample.frame()));
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void comesByteByByte(Sample sample) {
        FrameStream stream = new FrameStream();
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = sample.bytes();
        for (int i = 0; i < bytes.length; i++) {
            frames.addAll(stream.feed(bytes[i]));
            assertThat(frames).as("after %d bytes", i + 1).hasSize(i + 1 == bytes.length ? 1 : 0);
        }
        assertSame(frames, List.of(sample.frame()));
        stream.end();
    }

    @Test
    void manyComeInOneBuffer() {
        List<Frame> expected = Sample.ALL.stream().map(Sample::frame).toList();
        byte[] joined = join(Sample.ALL.stream().map(Sample::bytes).toList());

        assertSame(new FrameStream().feed(joined), expected);

        FrameStream inSevens = new FrameStream();
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < joined.length; i += 7) {
            frames.addAll(inSevens.feed(Arrays.copyOfRange(joined, i, Math.min(joined.length, i + 7))));
        }
        assertSame(frames, expected);
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void aPrefixIsNotYetAFrameAndAnErrorAtTheEnd(Sample sample) {
        byte[] bytes = sample.bytes();
        for (int length = 1; length < bytes.length; length++) {
            FrameStream stream = new FrameStream();
            assertThat(stream.feed(Arrays.copyOf(bytes, length))).isEmpty();

            ProtocolException error = FrameStream.protocolError(catchThrowable(stream::end));

            assertThat(error).hasMessageContaining("ended inside a frame, after " + length + " of its bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void theEndAfterAWholeFrameIsNoError(Sample sample) {
        FrameStream stream = new FrameStream();
        assertThat(stream.feed(sample.bytes())).hasSize(1);
        stream.end();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "START") // its body has any length
    void aShorterBodyIsRefused(FrameType type) {
        Sample sample = Sample.of(type);
        byte[] body = sample.body();
        for (int length = 0; length < body.length; length++) {
            byte[] cut = sample.withBody(Arrays.copyOf(body, length));
            FrameStream.refusal(cut);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "START")
    void bytesAfterTheBodyAreRefused(FrameType type) {
        Sample sample = Sample.of(type);
        byte[] body = sample.body();

        ProtocolException error = FrameStream.refusal(sample.withBody(Arrays.copyOf(body, body.length + 3)));

        assertThat(error).hasMessageContaining(type.name()).hasMessageContaining("3 bytes after the end");
    }

    @Test
    void aStartMessageMayBeOfAnyLength() {
        for (int length = 0; length < 4; length++) {
            List<Frame> frames =
                    new FrameStream().feed(Sample.of(FrameType.START).withBody(new byte[length]));
            assertThat(((Start) frames.get(0)).message()).hasSize(length);
        }
    }

    /** Those of another version would be refused at their third byte. */
    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void theFuzzTestBeginsWithTheseBytes(Sample sample) throws IOException {
        Set<String> seeds = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of(
                "src/test/resources/org/reactortopology/multiprocess/internal/wire/FrameDecoderFuzzInputs/decode"))) {
            for (Path file : files.toList()) {
                seeds.add(Sample.hex(Files.readAllBytes(file)));
            }
        }
        assertThat(seeds).contains("ff" + Sample.hex(sample.bytes()));
    }

    @Test
    void aTracedEntryIsAsLongAsItSays() {
        Outcomes.Entry plain = new Outcomes.Entry(1, "key", OutcomeKind.DONE, new byte[5]);
        Outcomes.Entry traced = plain.traced(
                new OutcomeTrace(1, 1, List.of(new OutcomeTrace.Spent(0, 1), new OutcomeTrace.Spent(1, 1))));
        int empty = FrameCodec.HEADER_BYTES + Integer.BYTES;

        assertThat(Sample.encode(new Outcomes(1, List.of(plain)))).hasSize(empty + plain.bytes());
        assertThat(Sample.encode(new Outcomes(1, List.of(traced)))).hasSize(empty + traced.bytes());
    }

    private static byte[] join(List<byte[]> parts) {
        byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static void assertSame(List<Frame> seen, List<Frame> expected) {
        assertThat(seen).hasSameSizeAs(expected);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).hasSameClassAs(expected.get(i));
            assertThat(seen.get(i)).usingRecursiveComparison().isEqualTo(expected.get(i));
        }
    }
}

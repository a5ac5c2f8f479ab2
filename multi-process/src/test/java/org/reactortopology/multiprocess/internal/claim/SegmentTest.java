package org.reactortopology.multiprocess.internal.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.RawArray;

/** A file that is mapped twice, as two processes do. */
class SegmentTest {

    private static final int CAPACITY = 64 * 1024;
    private static final int THRESHOLD = 100;

    @TempDir
    Path temporary;

    private Path file;
    private Segment here;
    private Segment there;
    private ClaimWriter writer;
    private ClaimReader reader;

    @BeforeEach
    void map() throws IOException {
        file = temporary.resolve("claims");
        here = Segment.create(file, CAPACITY);
        there = Segment.open(file);
        writer = here.ofCoordinator(THRESHOLD).writer();
        reader = there.ofWorker(THRESHOLD).reader();
    }

    @AfterEach
    void unmap() {
        here.discard();
        there.discard();
    }

    static Stream<Object> arrays() {
        return Stream.of(
                new byte[] {1, -2, 3},
                new short[] {1, -2},
                new int[] {1, -2},
                new long[] {1, Long.MIN_VALUE},
                new float[] {1.5f, Float.NaN},
                new double[] {1.5, -0.0});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void anArrayComesOutAsItWentIn(Object array) {
        ClaimWriter small = here.ofCoordinator(1).writer();

        Claim claim = Objects.requireNonNull(small.write(new RawArray(array)));

        assertThat(reader.array(claim).array()).isEqualTo(array);
    }

    @Test
    void bothDirectionsHaveTheirOwnMemory() {
        ClaimWriter back = there.ofWorker(THRESHOLD).writer();
        Claim going = Objects.requireNonNull(writer.write(bytes(1, 200)));
        Claim coming = Objects.requireNonNull(back.write(bytes(2, 200)));

        assertThat(reader.bytes(going)).isEqualTo(bytes(1, 200));
        assertThat(here.ofCoordinator(THRESHOLD).reader().bytes(coming)).isEqualTo(bytes(2, 200));
    }

    @Test
    void whatIsSmallIsLeftToTheFrame() {
        assertThat(writer.write(new byte[THRESHOLD - 1])).isNull();
        assertThat(writer.write(new byte[THRESHOLD])).isNotNull();
    }

    @Test
    void whatWasReadIsUsedAgainAndWhatFindsNoRoomIsRefused() {
        Claim first = Objects.requireNonNull(writer.write(new byte[CAPACITY / 2]));
        Claim second = Objects.requireNonNull(writer.write(new byte[CAPACITY / 2]));
        assertThat(writer.write(new byte[THRESHOLD])).isNull();
        assertThat(writer.waiting()).isEqualTo(CAPACITY);

        reader.release(first);

        assertThat(writer.write(new byte[CAPACITY / 2 + 1])).isNull();
        assertThat(Objects.requireNonNull(writer.write(new byte[CAPACITY / 4])).offset())
                .isEqualTo(first.offset());
        reader.release(second);
        assertThat(writer.waiting()).isEqualTo(CAPACITY / 4);
    }

    @Test
    void noMoreClaimsAreOpenThanTheTableHas() {
        for (int i = 0; i < Segment.SLOTS; i++) {
            assertThat(writer.write(new byte[THRESHOLD])).isNotNull();
        }
        assertThat(writer.write(new byte[THRESHOLD])).isNull();

        writer.reset();

        assertThat(writer.waiting()).isZero();
        assertThat(writer.write(new byte[THRESHOLD])).isNotNull();
    }

    @Test
    void whatIsUnderWayIsNeverOverwritten() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Deque<Claim> open = new ArrayDeque<>();
        int written = 0;
        for (int i = 0; i < 4_000; i++) {
            int length = THRESHOLD + random.nextInt(CAPACITY / 8);
            Claim claim = writer.write(bytes((byte) length, length));
            if (claim != null) {
                written++;
                open.add(claim);
            }
            while (!open.isEmpty() && (claim == null || random.nextBoolean())) {
                claim = random.nextBoolean() ? open.removeFirst() : open.removeLast();
                assertThat(reader.bytes(claim))
                        .as("seed %d", seed)
                        .isEqualTo(bytes((byte) claim.length(), claim.length()));
                reader.release(claim);
            }
        }
        assertThat(written).as("seed %d", seed).isGreaterThan(300);
    }

    @Test
    void aClaimOfWhatIsNotThereIsRefused() {
        for (Claim wrong : new Claim[] {
            new Claim(Segment.SLOTS, 0, 100, 0),
            new Claim(0, 0, 0, 0),
            new Claim(0, 0, CAPACITY + 1, 0),
            new Claim(0, CAPACITY - 99, 100, 0),
            new Claim(0, Integer.MAX_VALUE, Integer.MAX_VALUE, 0)
        }) {
            assertThatThrownBy(() -> reader.check(wrong)).as("%s", wrong).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> reader.bytes(wrong)).as("%s", wrong).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aFileThatIsCutShortIsRefusedAndEndsNoProcess() throws IOException {
        Claim claim = Objects.requireNonNull(writer.write(new RawArray(new float[CAPACITY / 8])));
        Claim encoded = Objects.requireNonNull(writer.write(new byte[CAPACITY / 4]));
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(100);
        }

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> reader.array(claim)).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> reader.bytes(encoded))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("cut its file short");
        }
    }

    @Test
    void aFileThatIsCutToNothingCanBeReleasedAndResetWithoutAFault() throws IOException {
        Claim claim = Objects.requireNonNull(writer.write(new byte[CAPACITY / 4]));
        Objects.requireNonNull(writer.write(new byte[CAPACITY / 4]));
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(0);
        }

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> reader.bytes(claim)).isInstanceOf(ProtocolException.class);
            reader.release(claim);
            writer.reset();
        }
        assertThat(writer.write(new byte[CAPACITY / 4])).isNull();
    }

    @Test
    void whatCannotBeWrittenGoesIntoItsFrame() throws IOException {
        writer.write(new byte[CAPACITY / 4]);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(100);
        }

        assertThat(writer.write(new byte[CAPACITY / 4])).isNull();
        assertThat(writer.write(new byte[CAPACITY / 4])).isNull();
    }

    @Test
    void theFileIsThisUsersAloneAndIsMadeOnce() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Segment.create(file, CAPACITY)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Segment.open(temporary.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasGivenBackTakesNothingAnyMore() throws IOException {
        writer.write(new byte[THRESHOLD]);

        here.discard();
        here.discard();

        assertThat(Files.size(file)).isZero();
        assertThat(new ClaimWriter(here, Segment.TO_WORKER, 1).write(new byte[THRESHOLD]))
                .isNull();
    }

    private static byte[] bytes(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

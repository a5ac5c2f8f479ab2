package org.reactortopology.multiprocess.internal.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.claim.LargeValues.Encoded;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.RawArray;

class LargeValuesTest {

    private static final int THRESHOLD = 20_000;

    private final Segment memory = Segment.inMemory(1 << 20);
    private final Claims here = memory.ofCoordinator(THRESHOLD);
    private final Claims there = memory.ofWorker(THRESHOLD);
    private final LargeValues standard = new LargeValues(CodecFactory.standard().create(List.of()));
    private final LargeValues own = new LargeValues(new Text());

    @Test
    void aSmallValueIsTheCodecs() {
        Encoded small = standard.encode(new float[100]);

        assertThat(small.large()).isNull();
        assertThat(small.claimed(here)).isSameAs(small);
        assertThat(standard.decode(small.bytes(), null, there)).isEqualTo(new float[100]);
    }

    @Test
    void anArrayCrossesAsItIs() {
        float[] numbers = {1, 2, 3};
        float[] many = new float[LargeValues.LEAST_RAW_BYTES / Float.BYTES];
        System.arraycopy(numbers, 0, many, 0, 3);

        Encoded encoded = standard.encode(many);

        assertThat(encoded.large()).isEqualTo(new RawArray(many));
        assertThat(encoded.length()).isEqualTo(LargeValues.LEAST_RAW_BYTES + 1);
        assertThat(encoded.claimed(here)).as("below the threshold").isSameAs(encoded);
        assertThat(standard.decode(encoded.bytes(), encoded.large(), null)).isEqualTo(many);
    }

    @Test
    void aLargeArrayIsClaimed() {
        double[] many = new double[THRESHOLD];
        many[17] = 4.5;

        Encoded claimed = standard.encode(many).claimed(here);

        assertThat(claimed.large()).isInstanceOf(Claim.class);
        assertThat(claimed.length()).isEqualTo(THRESHOLD * Double.BYTES);
        assertThat(standard.decode(claimed.bytes(), claimed.large(), there)).isEqualTo(many);
    }

    @Test
    void whatAnyCodecMadeIsClaimedToo() {
        String text = "x".repeat(THRESHOLD);

        Encoded claimed = own.encode(text).claimed(here);

        assertThat(claimed.large()).isInstanceOf(Claim.class);
        assertThat(own.decode(claimed.bytes(), claimed.large(), there)).isEqualTo(text);
        assertThat(own.encode(new float[THRESHOLD]).large())
                .as("its arrays are its own affair")
                .isNull();
    }

    @Test
    void whatFindsNoRoomStaysInItsFrame() {
        Encoded tooLarge = standard.encode(new byte[2 << 20]);

        assertThat(tooLarge.claimed(here)).isSameAs(tooLarge);
        assertThat(tooLarge.claimed(null)).isSameAs(tooLarge);
    }

    @Test
    void noArrayComesAroundACodecOfTheUsers() {
        RawArray array = new RawArray(new float[] {1});

        assertThatThrownBy(() -> own.decode(new byte[0], array, there)).isInstanceOf(PayloadException.class);
    }

    @Test
    void aClaimIsOfNoUseWithoutMemory() {
        assertThatThrownBy(() -> standard.decode(new byte[0], new Claim(0, 0, 100, 0), null))
                .isInstanceOf(PayloadException.class);
    }

    private static final class Text implements Codec {
        @Override
        public byte[] encode(Object value) {
            return value.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}

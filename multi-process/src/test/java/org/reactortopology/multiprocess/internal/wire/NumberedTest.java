package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedTest {

    private final Numbered<String> numbered = new Numbered<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x1_0000_0000L})
    @DisplayName("any number names something")
    void anyNumber(long number) {
        numbered.put(number, "a");
        numbered.put(number, "b");
        assertThat(numbered.get(number)).isEqualTo("b");
        assertThat(numbered.size()).isOne();
        assertThat(numbered.remove(number)).isEqualTo("b");
        assertThat(numbered.remove(number)).isNull();
        assertThat(numbered.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("does as a map does, whatever is put, taken out and asked for")
    void asAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, String> map = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            // neighbours, multiples of a power of two, and what is far apart
            long number = (long) random.nextInt(300) << (random.nextInt(3) * 20);
            if (random.nextInt(100) < (step / 20_000 % 2 == 0 ? 60 : 30)) {
                map.put(number, "v" + step);
                numbered.put(number, "v" + step);
            } else {
                assertThat(numbered.remove(number)).as("seed %d", seed).isEqualTo(map.remove(number));
            }
            assertThat(numbered.get(number)).as("seed %d", seed).isEqualTo(map.get(number));
            assertThat(numbered.size()).as("seed %d", seed).isEqualTo(map.size());
        }
        assertThat(numbered.values()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(map.values());
        map.keySet().forEach(number -> assertThat(numbered.get(number)).isEqualTo(map.get(number)));
        numbered.clear();
        assertThat(numbered.values()).isEmpty();
        assertThat(numbered.isEmpty()).isTrue();
    }
}

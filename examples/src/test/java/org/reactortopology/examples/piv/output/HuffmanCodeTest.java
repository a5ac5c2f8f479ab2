package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanCodeTest {

    @Test
    void givesFrequentSymbolsShortCodesInTheOrderOfTheFormat() {
        // the example of RFC 1951, 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4
        HuffmanCode code = HuffmanCode.of(new int[] {10, 10, 10, 10, 10, 25, 5, 4, 0});

        int[] lengths = {3, 3, 3, 3, 3, 2, 4, 4, 0};
        String[] bits = {"010", "011", "100", "101", "110", "00", "1110", "1111", ""};
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            assertThat(code.length(symbol)).isEqualTo(lengths[symbol]);
            assertThat(written(code, symbol)).isEqualTo(bits[symbol]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 30, 286})
    void isCompleteAndNoCodeBeginsWithAnother(int symbols) {
        Random random = new Random(symbols);
        int[] counts = new int[symbols];
        for (int i = 0; i < symbols; i++) {
            counts[i] = 1 + random.nextInt(1 << random.nextInt(16));
        }
        assertComplete(HuffmanCode.of(counts), symbols);
    }

    @Test
    void isNeverLongerThanTheFormatAllows() {
        int[] counts = new int[40];
        counts[0] = 1;
        counts[1] = 1;
        for (int i = 2; i < counts.length; i++) {
            counts[i] = counts[i - 1] + counts[i - 2]; // the worst there is: a code longer by one for each symbol
        }
        HuffmanCode code = HuffmanCode.of(counts);

        assertComplete(code, counts.length);
        assertThat(code.length(0)).isLessThanOrEqualTo(HuffmanCode.MOST_BITS);
        assertThat(code.length(39)).isLessThan(4);
    }

    private static void assertComplete(HuffmanCode code, int symbols) {
        double share = 0;
        Set<String> heads = new HashSet<>();
        for (int symbol = 0; symbol < symbols; symbol++) {
            share += Math.pow(2, -code.length(symbol));
            for (int length = 1; length < code.length(symbol); length++) {
                heads.add(written(code, symbol).substring(0, length));
            }
        }
        assertThat(share).isEqualTo(1);
        for (int symbol = 0; symbol < symbols; symbol++) {
            assertThat(heads).doesNotContain(written(code, symbol));
        }
    }

    private static String written(HuffmanCode code, int symbol) {
        StringBuilder bits = new StringBuilder();
        for (int bit = 0; bit < code.length(symbol); bit++) {
            bits.append(code.bits(symbol) >> bit & 1);
        }
        return bits.toString();
    }
}

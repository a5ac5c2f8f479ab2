package org.reactortopology.examples.piv.output;

import java.util.Arrays;

/**
 * A code of as few bits as possible for symbols of known frequency (D. A. Huffman, Proc. IRE 40 (1952) 1098), of at most {@value #MOST_BITS} bits, put in the
 * order that DEFLATE asks for (RFC 1951, 3.2.2).
 */
final class HuffmanCode {

    static final int MOST_BITS = 15;

    private static final int SYMBOL_BITS = 9;

    private final int[] lengths;
    private final int[] bits;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        this.bits = bits(lengths);
    }

    /** For symbols from 0 on, at most 512, that occur so often; at least two must occur. */
    static HuffmanCode of(int[] counts) {
        int[] weights = counts.clone();
        int[] lengths = lengths(weights);
        while (Arrays.stream(lengths).max().orElse(0) > MOST_BITS) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (weights[i] + 1) / 2; // nearer to each other, none becomes 0
            }
            lengths = lengths(weights);
        }
        return new HuffmanCode(lengths);
    }

    /** Bits of a symbol; 0 if it does not occur. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /** The code of a symbol, the first bit lowest. */
    int bits(int symbol) {
        return bits[symbol];
    }

    /** By the method of two queues: those of the symbols, sorted, and of the sums, which come sorted. */
    private static int[] lengths(int[] counts) {
        long[] sorted = sorted(counts);
        int leaves = sorted.length;
        int nodes = 2 * leaves - 1;
        long[] weights = new long[nodes];
        int[] parents = new int[nodes];
        for (int i = 0; i < leaves; i++) {
            weights[i] = sorted[i] >> SYMBOL_BITS;
        }
        int leaf = 0;
        int sum = leaves;
        for (int node = leaves; node < nodes; node++) {
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf = leaf < leaves && (sum == node || weights[leaf] <= weights[sum]);
                int taken = takeLeaf ? leaf++ : sum++;
                weights[node] += weights[taken];
                parents[taken] = node;
            }
        }
        int[] depths = new int[nodes];
        int[] lengths = new int[counts.length];
        for (int node = nodes - 2; node >= 0; node--) {
            depths[node] = depths[parents[node]] + 1;
            if (node < leaves) {
                lengths[(int) sorted[node] & ((1 << SYMBOL_BITS) - 1)] = depths[node];
            }
        }
        return lengths;
    }

    /** The symbols that occur, rare ones first, each below its count. */
    private static long[] sorted(int[] counts) {
        long[] sorted = new long[counts.length];
        int used = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                sorted[used++] = (long) counts[symbol] << SYMBOL_BITS | symbol;
            }
        }
        Arrays.sort(sorted, 0, used);
        return Arrays.copyOf(sorted, used);
    }

    private static int[] bits(int[] lengths) {
        int[] next = new int[MOST_BITS + 2];
        for (int length : lengths) {
            next[length + 1] += length == 0 ? 0 : 1;
        }
        for (int length = 1; length <= MOST_BITS; length++) {
            next[length] = (next[length - 1] + next[length]) << 1;
        }
        int[] bits = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                bits[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
            }
        }
        return bits;
    }
}

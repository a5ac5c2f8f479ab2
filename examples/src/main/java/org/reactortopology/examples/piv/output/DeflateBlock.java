package org.reactortopology.examples.piv.output;

import java.util.Arrays;

/** One block of DEFLATE with codes of its own (RFC 1951, 3.2.7): counts symbols first, then writes. One thread at a time. */
final class DeflateBlock {

    private static final int END = 256;
    private static final int FIRST_LENGTH = 257;
    private static final int LITERALS = 286;
    private static final int DISTANCES = 30;
    private static final int LEAST = 3;
    private static final int MOST = 258;

    /** Codes of lengths of codes: those of the lengths 0 to 15 have four bits, the three others do not occur. */
    private static final int LENGTH_CODES = 19;

    private static final int NOT_USED = 3;
    private static final int LENGTH_CODE_BITS = 4;

    /** Symbol of each length, and the extra bits behind it. */
    private static final int[] LENGTH_SYMBOLS = new int[MOST + 1];

    private static final int[] LENGTH_EXTRA_BITS = new int[MOST + 1];
    private static final int[] LENGTH_EXTRA = new int[MOST + 1];

    static {
        int symbol = FIRST_LENGTH;
        int next = LEAST;
        for (; next < MOST; symbol++) {
            int extraBits = Math.max(0, (symbol - FIRST_LENGTH) / 4 - 1);
            for (int extra = 0; extra < 1 << extraBits && next < MOST; extra++, next++) {
                LENGTH_SYMBOLS[next] = symbol;
                LENGTH_EXTRA_BITS[next] = extraBits;
                LENGTH_EXTRA[next] = extra;
            }
        }
        LENGTH_SYMBOLS[MOST] = LITERALS - 1;
    }

    private final int[] literals = new int[LITERALS];
    private final int[] distances = new int[DISTANCES];

    void countLiteral(int literal) {
        literals[literal]++;
    }

    void countMatch(int length, int distance) {
        literals[LENGTH_SYMBOLS[length]]++;
        distances[distanceSymbol(distance)]++;
    }

    /** The two highest bits of a distance, less one, tell its symbol, the others follow it. */
    private static int distanceSymbol(int distance) {
        int bits = distanceExtraBits(distance);
        return 2 * bits + ((distance - 1) >> bits);
    }

    private static int distanceExtraBits(int distance) {
        return Math.max(0, Integer.SIZE - 2 - Integer.numberOfLeadingZeros(distance - 1));
    }

    /** Writes the tokens, whose symbols have been counted, and begins a new count. */
    void write(int[] tokens, int count, boolean last, BitOutput out) {
        literals[END]++;
        distances[0]++; // two must occur
        distances[1]++;
        HuffmanCode literalCode = HuffmanCode.of(literals);
        HuffmanCode distanceCode = HuffmanCode.of(distances);
        out.reserve((long) Long.SIZE * (count + LITERALS + DISTANCES));
        writeHead(last, literalCode, distanceCode, out);
        writeTokens(tokens, count, literalCode, distanceCode, out);
        out.put(literalCode.bits(END), literalCode.length(END));
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
    }

    private static void writeHead(boolean last, HuffmanCode literalCode, HuffmanCode distanceCode, BitOutput out) {
        out.put(last ? 1 : 0, 1);
        out.put(2, 2);
        out.put(LITERALS - FIRST_LENGTH, 5);
        out.put(DISTANCES - 1, 5);
        out.put(LENGTH_CODES - 4, 4);
        for (int i = 0; i < LENGTH_CODES; i++) {
            out.put(i < NOT_USED ? 0 : LENGTH_CODE_BITS, 3);
        }
        for (int i = 0; i < LITERALS + DISTANCES; i++) {
            int length = i < LITERALS ? literalCode.length(i) : distanceCode.length(i - LITERALS);
            out.put(Integer.reverse(length) >>> (Integer.SIZE - LENGTH_CODE_BITS), LENGTH_CODE_BITS);
        }
    }

    private static void writeTokens(
            int[] tokens, int count, HuffmanCode literalCode, HuffmanCode distanceCode, BitOutput out) {
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (PixelDeflater.isMatch(token)) {
                writeMatch(PixelDeflater.length(token), PixelDeflater.distance(token), literalCode, distanceCode, out);
            } else if (PixelDeflater.isPixel(token)) {
                writeLiteral(token >> 16 & 0xff, literalCode, out);
                writeLiteral(token >> 8 & 0xff, literalCode, out);
                writeLiteral(token & 0xff, literalCode, out);
            } else {
                writeLiteral(0, literalCode, out);
            }
        }
    }

    private static void writeLiteral(int literal, HuffmanCode code, BitOutput out) {
        out.put(code.bits(literal), code.length(literal));
    }

    private static void writeMatch(
            int length, int distance, HuffmanCode literalCode, HuffmanCode distanceCode, BitOutput out) {
        int symbol = LENGTH_SYMBOLS[length];
        int bits = literalCode.length(symbol);
        out.put(literalCode.bits(symbol) | LENGTH_EXTRA[length] << bits, bits + LENGTH_EXTRA_BITS[length]);
        int far = distanceSymbol(distance);
        int farBits = distanceCode.length(far);
        int extraBits = distanceExtraBits(distance);
        int extra = (distance - 1) & ((1 << extraBits) - 1);
        out.put(distanceCode.bits(far) | extra << farBits, farBits + extraBits);
    }
}

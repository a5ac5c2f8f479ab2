package org.reactortopology.examples.piv.output;

/** The checksum of HDF5 metadata: {@code hashlittle} of Bob Jenkins' lookup3 (2006), begun with 0. */
final class HdfChecksum {

    private static final int BLOCK = 12;
    private static final int BEGIN = 0xdeadbeef;

    private HdfChecksum() {}

    static int of(byte[] bytes, int from, int to) {
        int a = BEGIN + (to - from);
        int b = a;
        int c = a;
        int at = from;
        while (to - at > BLOCK) {
            a += word(bytes, at, to);
            b += word(bytes, at + 4, to);
            c += word(bytes, at + 8, to);
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
            at += BLOCK;
        }
        return at == to ? c : last(a + word(bytes, at, to), b + word(bytes, at + 4, to), c + word(bytes, at + 8, to));
    }

    private static int last(int first, int second, int third) {
        int a = first;
        int b = second;
        int c = third;
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }

    /** Four bytes, the lowest first; those beyond the end are 0. */
    private static int word(byte[] bytes, int at, int to) {
        int word = 0;
        for (int i = Math.min(to, at + Integer.BYTES) - 1; i >= at; i--) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
        }
        return word;
    }
}

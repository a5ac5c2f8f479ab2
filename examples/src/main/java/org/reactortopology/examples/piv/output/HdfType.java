package org.reactortopology.examples.piv.output;

/**
 * A type of numbers or text as HDF5 files describe it (HDF5 File Format Specification 3.0, IV.A.2.d), all little endian.
 *
 * @param bytes of one value
 * @param encoded the description; not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record HdfType(int bytes, byte[] encoded) {

    static final HdfType FLOAT32 =
            new HdfType(4, new byte[] {0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0});
    static final HdfType FLOAT64 = new HdfType(
            8, new byte[] {0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, (byte) 0xff, 3, 0, 0});
    static final HdfType INT8 = new HdfType(1, new byte[] {0x10, 0x08, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0});
    static final HdfType INT32 = new HdfType(4, new byte[] {0x10, 0x08, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0});

    /** UTF-8 of that many bytes, at least 1 and below 65536. */
    static HdfType text(int bytes) {
        return new HdfType(bytes, new byte[] {0x13, 0x11, 0, 0, (byte) bytes, (byte) (bytes >> 8), 0, 0});
    }
}

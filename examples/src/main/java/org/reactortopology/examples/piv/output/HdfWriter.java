package org.reactortopology.examples.piv.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts an HDF5 file together (HDF5 File Format Specification 3.0, readable since HDF5 1.8): one group, datasets in it, each in one piece. The values come first
 * and the headers behind them, the group's last, so that a file that is cut short anywhere cannot be opened. A library for all of HDF5 takes a worker longer
 * to load and to compile than this takes to write a hundred files. One thread at a time.
 */
final class HdfWriter {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int SUPERBLOCK_BYTES = 48;
    private static final byte VERSION = 2;
    private static final long NOWHERE = -1;

    private final HdfHeader root = HdfHeader.group();
    private final Map<String, HdfHeader> datasets = new LinkedHashMap<>();
    private ByteBuffer out;

    /** For values of about so many bytes in all. */
    HdfWriter(int bytes) {
        out = ByteBuffer.allocate(Math.addExact(SUPERBLOCK_BYTES, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        out.position(SUPERBLOCK_BYTES);
    }

    /** For the attributes of the file. */
    HdfHeader root() {
        return root;
    }

    /** Adds a dataset of float32; returns its header for attributes. */
    HdfHeader put(String name, float[] values, int... dimensions) {
        HdfHeader header = dataset(name, HdfType.FLOAT32, values.length, dimensions);
        for (float value : values) {
            out.putInt(Float.floatToRawIntBits(value)); // keeps the bits of what is not a number
        }
        return header;
    }

    /** Adds a dataset of int32; returns its header for attributes. */
    HdfHeader put(String name, int[] values, int... dimensions) {
        HdfHeader header = dataset(name, HdfType.INT32, values.length, dimensions);
        for (int value : values) {
            out.putInt(value);
        }
        return header;
    }

    /** Adds a dataset of int8; returns its header for attributes. */
    HdfHeader put(String name, byte[] values, int... dimensions) {
        HdfHeader header = dataset(name, HdfType.INT8, values.length, dimensions);
        out.put(values);
        return header;
    }

    private HdfHeader dataset(String name, HdfType type, int values, int... dimensions) {
        if (values == 0 || Arrays.stream(dimensions).reduce(1, Math::multiplyExact) != values) {
            throw new IllegalArgumentException("dataset '" + name + "' has " + values + " values for the shape "
                    + Arrays.toString(dimensions) + ": give at least one value, and one for each place");
        }
        align();
        reserve(Math.multiplyExact(values, type.bytes()));
        HdfHeader header = HdfHeader.dataset(type, out.position(), dimensions);
        datasets.put(name, header);
        return header;
    }

    /** The whole file; ends the use of this writer. */
    ByteBuffer file() {
        datasets.forEach((name, header) -> root.link(name, append(header.encoded())));
        int rootAddress = append(root.encoded());
        int end = out.position();
        out.position(0);
        out.put(SIGNATURE)
                .put(VERSION)
                .put((byte) Long.BYTES)
                .put((byte) Long.BYTES)
                .put((byte) 0);
        out.putLong(0).putLong(NOWHERE).putLong(end).putLong(rootAddress);
        byte[] superblock = new byte[out.position()];
        out.get(0, superblock);
        out.putInt(HdfChecksum.of(superblock, 0, superblock.length));
        return out.position(0).limit(end);
    }

    private int append(byte[] header) {
        align();
        reserve(header.length);
        int address = out.position();
        out.put(header);
        return address;
    }

    private void align() {
        reserve(Long.BYTES);
        out.position((out.position() + Long.BYTES - 1) & -Long.BYTES);
    }

    private void reserve(int bytes) {
        if (out.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * Math.addExact(out.position(), bytes));
            out = larger.order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
    }
}

package org.reactortopology.examples.piv.output;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of one object of an HDF5 file, a group or a dataset (HDF5 File Format Specification 3.0, IV.A.1.b): messages one behind the other, here all in
 * one block. One thread at a time.
 */
final class HdfHeader {

    private static final byte[] SIGNATURE = {'O', 'H', 'D', 'R'};
    private static final byte VERSION = 2;

    /** The size of the block stands in four bytes; no times are kept. */
    private static final byte FLAGS = 2;

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int FRAME_BYTES = 4;
    private static final long NOWHERE = -1;
    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int LAYOUT = 0x08;
    private static final int GROUP_INFO = 0x0a;
    private static final int ATTRIBUTE = 0x0c;

    private ByteBuffer out = over(new byte[FIRST_CAPACITY]);

    private HdfHeader() {}

    /** A group without members. */
    static HdfHeader group() {
        HdfHeader header = new HdfHeader();
        header.message(LINK_INFO, 2 + 2 * Long.BYTES);
        header.out.put((byte) 0).put((byte) 0).putLong(NOWHERE).putLong(NOWHERE);
        header.message(GROUP_INFO, 2);
        header.out.put((byte) 0).put((byte) 0);
        return header;
    }

    /** A dataset whose values lie at that address, one behind the other. */
    static HdfHeader dataset(HdfType type, long address, int... dimensions) {
        HdfHeader header = new HdfHeader();
        byte[] space = space(dimensions);
        byte[] encoded = type.encoded();
        header.message(DATASPACE, space.length);
        header.out.put(space);
        header.message(DATATYPE, encoded.length);
        header.out.put(encoded);
        header.message(FILL_VALUE, 2);
        header.out.put((byte) 3).put((byte) 0x0a); // allocated late, written if set; not set
        header.message(LAYOUT, 2 + 2 * Long.BYTES);
        long bytes = Arrays.stream(dimensions).asLongStream().reduce(type.bytes(), Math::multiplyExact);
        header.out.put((byte) 3).put((byte) 1).putLong(address).putLong(bytes);
        return header;
    }

    /** Adds a member to a group. The name has at most 255 bytes. */
    void link(String name, long address) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        message(LINK, 3 + bytes.length + Long.BYTES);
        out.put((byte) 1).put((byte) 0).put((byte) bytes.length).put(bytes).putLong(address);
    }

    /** Adds an attribute of one text. */
    void attribute(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] value = bytes.length == 0 ? new byte[1] : bytes;
        attribute(name, HdfType.text(value.length), value);
    }

    /** Adds an attribute of one number. */
    void attribute(String name, double number) {
        byte[] value = new byte[Double.BYTES];
        over(value).putDouble(number);
        attribute(name, HdfType.FLOAT64, value);
    }

    /** Adds an attribute of one whole number. */
    void attribute(String name, int number) {
        attribute(name, HdfType.INT32, encoded(number));
    }

    /** Adds an attribute of a row of whole numbers. */
    void attribute(String name, int[] numbers) {
        attribute(name, HdfType.INT32, encoded(numbers), numbers.length);
    }

    private static byte[] encoded(int... numbers) {
        byte[] value = new byte[Integer.BYTES * numbers.length];
        over(value).asIntBuffer().put(numbers);
        return value;
    }

    private void attribute(String name, HdfType type, byte[] value, int... dimensions) {
        byte[] nameBytes = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] encoded = type.encoded();
        byte[] space = space(dimensions);
        message(ATTRIBUTE, 9 + nameBytes.length + encoded.length + space.length + value.length);
        out.put((byte) 3).put((byte) 0);
        out.putShort((short) nameBytes.length).putShort((short) encoded.length).putShort((short) space.length);
        out.put((byte) 0).put(nameBytes).put(encoded).put(space).put(value);
    }

    /** One number without dimensions. */
    private static byte[] space(int... dimensions) {
        byte[] encoded = new byte[4 + Long.BYTES * dimensions.length];
        ByteBuffer space = over(encoded);
        space.put((byte) 2).put((byte) dimensions.length).put((byte) 0).put((byte) (dimensions.length > 0 ? 1 : 0));
        for (int dimension : dimensions) {
            space.putLong(dimension);
        }
        return encoded;
    }

    private void message(int type, int length) {
        if (length > 0xffff) {
            throw new IllegalArgumentException(
                    "a message of " + length + " bytes does not fit into an HDF5 header, which takes 65535: give less");
        }
        if (out.remaining() < FRAME_BYTES + length) {
            ByteBuffer larger = over(new byte[2 * (out.position() + FRAME_BYTES + length)]);
            out = larger.put(out.flip());
        }
        out.put((byte) type).putShort((short) length).put((byte) 0);
    }

    /** The header as it stands in the file, with its checksum. */
    byte[] encoded() {
        int length = out.position();
        byte[] whole = new byte[SIGNATURE.length + 2 + Integer.BYTES + length + Integer.BYTES];
        ByteBuffer header = over(whole);
        header.put(SIGNATURE)
                .put(VERSION)
                .put(FLAGS)
                .putInt(length)
                .put(out.duplicate().flip());
        header.putInt(HdfChecksum.of(whole, 0, header.position()));
        return whole;
    }

    private static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

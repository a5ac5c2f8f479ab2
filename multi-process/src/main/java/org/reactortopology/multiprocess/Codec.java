package org.reactortopology.multiprocess;

/**
 * Turns the values that cross from one process to another into bytes and back.
 *
 * <p>Both sides of a connection have codecs made by the same {@link CodecFactory}. Called by many threads at a time.
 */
public interface Codec {

    /**
     * Encodes a value.
     *
     * @throws PayloadException if it cannot; the message names the class and the fix
     */
    byte[] encode(Object value);

    /**
     * Decodes what {@link #encode} of the other side made.
     *
     * @throws PayloadException if it cannot
     */
    Object decode(byte[] bytes);
}

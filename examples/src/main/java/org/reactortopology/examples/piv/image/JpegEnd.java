package org.reactortopology.examples.piv.image;

/**
 * Looks for the end of a JPEG stream. The decoder of the JDK fills the missing part of a stream that was cut short
 * with grey and reports success, so the end-of-image marker (ITU-T T.81, B.1.1.3) is looked for by hand.
 */
final class JpegEnd {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

    private JpegEnd() {}

    /**
     * Whether an end-of-image marker follows the last scan. Coded data never holds a marker, so the last two markers
     * decide; the end of an embedded thumbnail lies before the scan of the image, and padding after the end is let pass.
     */
    static boolean isPresent(byte[] bytes) {
        for (int i = bytes.length - 2; i >= 0; i--) {
            if ((bytes[i] & 0xFF) == 0xFF) {
                int marker = bytes[i + 1] & 0xFF;
                if (marker == END_OF_IMAGE) {
                    return true;
                }
                if (marker == START_OF_SCAN) {
                    return false;
                }
            }
        }
        return false;
    }
}

package org.reactortopology.examples.piv.image;

/**
 * A grey image. It holds only primitives, so that it can cross a process boundary; the array is shared, not copied,
 * and must not be changed once the image is handed on.
 *
 * @param width columns in px, at least 1
 * @param height rows in px, at least 1
 * @param pixels grey levels of shape [height*width], row-major from the top-left pixel, in the units of the file (0 to
 *     255 for 8 bit, 0 to 65535 for 16 bit)
 */
public record GreyImage(int width, int height, float[] pixels) {

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if a side is below 1 or {@code pixels} is not height*width long
     */
    public GreyImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image size " + width + " x " + height
                    + " px is empty: width and height must be at least 1; give the size the image was read with");
        }
        if (pixels.length != (long) width * height) {
            throw new IllegalArgumentException("pixels holds " + pixels.length + " grey levels, an image of " + width
                    + " x " + height + " px needs " + (long) width * height + "; give one grey level per pixel");
        }
    }
}

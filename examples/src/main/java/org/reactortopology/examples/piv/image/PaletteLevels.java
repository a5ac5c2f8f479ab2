package org.reactortopology.examples.piv.image;

import java.awt.image.IndexColorModel;

/** Grey levels of the entries of a palette; many cameras store grey images with a palette of 256 greys. */
final class PaletteLevels {

    private PaletteLevels() {}

    static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    /** Grey level of each entry, 0 to 255, shape [map size]: exact for a grey entry, else its luminance. */
    static float[] of(IndexColorModel palette) {
        float[] levels = new float[palette.getMapSize()];
        for (int i = 0; i < levels.length; i++) {
            int red = palette.getRed(i);
            int green = palette.getGreen(i);
            int blue = palette.getBlue(i);
            levels[i] = red == green && red == blue ? red : Luminance.of(red, green, blue);
        }
        return levels;
    }
}

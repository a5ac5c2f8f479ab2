package org.reactortopology.examples.piv.image;

/** Luminance of a colour by the weights of Recommendation ITU-R BT.601. */
final class Luminance {

    private Luminance() {}

    static float of(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
}

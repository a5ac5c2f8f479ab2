package org.reactortopology.examples.piv.output;

/**
 * Colours for numbers: from a deep blue over teal and green to a light yellow.
 *
 * <p>The lightness L* rises linearly, so that equal steps of the number look like equal steps and the order survives
 * grey print and colour-blind eyes. The 256 colours are computed here from CIE L*C*h(ab) (CIE 15:2004, white point D65)
 * and turned into sRGB (IEC 61966-2-1): L* goes from {@value #DARKEST} to {@value #LIGHTEST}, the hue from {@value
 * #FIRST_HUE} to {@value #LAST_HUE} degrees, and the chroma follows a parabola that stays inside sRGB. The darkest colour
 * still stands out from a black ground.
 */
final class ColourMap {

    private static final int SIZE = 256;
    private static final double DARKEST = 44;
    private static final double LIGHTEST = 93;
    private static final double FIRST_HUE = 296;
    private static final double LAST_HUE = 100;
    private static final double TEAL = 0.35;
    private static final double LEAST_CHROMA = 33;
    private static final double CHROMA_RISE = 105;
    private static final int[] COLOURS = compute();

    private ColourMap() {}

    /**
     * The colour of a number.
     *
     * @param fraction 0 for the darkest to 1 for the lightest; values outside, and NaN as 0, are clamped
     * @return 0xRRGGBB
     */
    static int rgb(double fraction) {
        double clamped = fraction > 0 ? Math.min(1, fraction) : 0;
        return COLOURS[(int) Math.round(clamped * (SIZE - 1))];
    }

    private static int[] compute() {
        int[] colours = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double fraction = i / (SIZE - 1.0);
            double lightness = DARKEST + fraction * (LIGHTEST - DARKEST);
            double hue = Math.toRadians(FIRST_HUE + fraction * (LAST_HUE - FIRST_HUE));
            colours[i] = pack(linearRgb(lightness, chroma(fraction), hue));
        }
        return colours;
    }

    /** As colourful as sRGB allows near its narrowest place, the teal, and more towards both ends. */
    private static double chroma(double fraction) {
        double distance = fraction - TEAL;
        return LEAST_CHROMA + CHROMA_RISE * distance * distance;
    }

    private static double[] linearRgb(double lightness, double chroma, double hue) {
        double fy = (lightness + 16) / 116;
        double x = 0.95047 * decode(fy + chroma * Math.cos(hue) / 500);
        double y = decode(fy);
        double z = 1.08883 * decode(fy - chroma * Math.sin(hue) / 200);
        return new double[] {
            3.2406 * x - 1.5372 * y - 0.4986 * z,
            -0.9689 * x + 1.8758 * y + 0.0415 * z,
            0.0557 * x - 0.2040 * y + 1.0570 * z
        };
    }

    private static double decode(double f) {
        double bend = 6.0 / 29;
        return f > bend ? f * f * f : 3 * bend * bend * (f - 4.0 / 29);
    }

    private static int pack(double[] linear) {
        int rgb = 0;
        for (double channel : linear) {
            double encoded = channel <= 0.0031308 ? 12.92 * channel : 1.055 * Math.pow(channel, 1 / 2.4) - 0.055;
            rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, encoded)));
        }
        return rgb;
    }
}

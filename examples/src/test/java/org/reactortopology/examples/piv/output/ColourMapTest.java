package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColourMapTest {

    @Test
    void getsLighterInEqualSteps() {
        double first = lightness(ColourMap.rgb(0));
        double last = lightness(ColourMap.rgb(1));

        assertThat(last - first).isGreaterThan(45);
        for (int i = 0; i <= 255; i++) {
            double expected = first + i / 255.0 * (last - first);
            assertThat(lightness(ColourMap.rgb(i / 255.0)))
                    .as("colour %d", i)
                    .isBetween(expected - 0.8, expected + 0.8);
        }
    }

    @Test
    void clampsWhatLiesOutside() {
        assertThat(ColourMap.rgb(-1)).isEqualTo(ColourMap.rgb(0));
        assertThat(ColourMap.rgb(Double.NaN)).isEqualTo(ColourMap.rgb(0));
        assertThat(ColourMap.rgb(2)).isEqualTo(ColourMap.rgb(1));
        assertThat(ColourMap.rgb(0)).isNotEqualTo(ColourMap.rgb(1));
    }

    /** CIE L* of an sRGB colour. */
    private static double lightness(int rgb) {
        double luminance =
                0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
        return 116 * Math.cbrt(luminance) - 16;
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}

package org.reactortopology.examples.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.correlation.PivSettings;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;
import org.reactortopology.examples.piv.image.GreyImageReader;

/** Measured image pairs, which are not part of the repository: skipped where they are absent. */
class MeasuredImagesTest {

    private static final Correlator CORRELATOR = new Correlator(PivSettings.defaults());

    /** Size, and the mean displacement to within what a plain correlation of 64 px windows, to whole px, gives as well. */
    @ParameterizedTest
    @CsvSource({
        "karman/Karman_01.bmp, karman/Karman_02.bmp, 524, 400, -1.5, 0.0",
        "karman/Karman_03.bmp, karman/Karman_04.bmp, 524, 400, -1.5, 0.0",
        "jet/c060a.png, jet/c060b.png, 512, 512, 0.0, -0.4",
        "jet/c061a.png, jet/c061b.png, 512, 512, 0.0, -0.4",
        "oseen/Oseen_center_01.tif, oseen/Oseen_center_02.tif, 400, 300, 0.0, -1.8",
        "openpiv-exp1/exp1_001_a.bmp, openpiv-exp1/exp1_001_b.bmp, 511, 369, -0.1, 5.3",
        "openpiv-series/2image_00.tif, openpiv-series/2image_01.tif, 1008, 1012, -7.0, -1.5",
        "openpiv-series/2image_10.tif, openpiv-series/2image_11.tif, 1008, 1012, -7.0, -1.5",
        "openpiv-series/2image_20.tif, openpiv-series/2image_21.tif, 1008, 1012, -7.0, -1.5",
        "openpiv-series/2image_30.tif, openpiv-series/2image_31.tif, 1008, 1012, -7.0, -1.5",
        "openpiv-series/2image_40.tif, openpiv-series/2image_41.tif, 1008, 1012, -7.0, -1.5",
        "openpiv-series/2image_50.tif, openpiv-series/2image_51.tif, 1008, 1012, -7.0, -1.5"
    })
    void givesAPlausibleField(String first, String second, int width, int height, double meanU, double meanV)
            throws IOException {
        GreyImage a = read(first);
        GreyImage b = read(second);
        assertThat(a.width()).isEqualTo(width);
        assertThat(a.height()).isEqualTo(height);

        VelocityField field = CORRELATOR.displacements(a, b);

        assertThat(unflaggedShare(field)).as("unflagged vectors").isGreaterThan(0.8);
        assertThat(mean(field.u(), field.flags())).isBetween(meanU - 0.5, meanU + 0.5);
        assertThat(mean(field.v(), field.flags())).isBetween(meanV - 0.5, meanV + 0.5);
    }

    private static GreyImage read(String name) throws IOException {
        return GreyImageReader.read(RealData.find(name));
    }

    private static double unflaggedShare(VelocityField field) {
        int unflagged = 0;
        for (byte flag : field.flags()) {
            unflagged += flag == 0 ? 1 : 0;
        }
        return (double) unflagged / field.flags().length;
    }

    private static double mean(float[] values, byte[] flags) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (flags[i] == 0) {
                sum += values[i];
                count++;
            }
        }
        return sum / count;
    }
}

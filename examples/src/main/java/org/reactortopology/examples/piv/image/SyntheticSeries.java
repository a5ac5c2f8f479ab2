package org.reactortopology.examples.piv.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a series of synthetic image pairs, so that the example runs without measured images. */
public final class SyntheticSeries {

    /** Largest displacement of the vortex, px. */
    private static final double PEAK = 5;

    /** Standard deviation of the noise in grey levels, about that of a good camera. */
    private static final double NOISE = 1;

    private SyntheticSeries() {}

    /**
     * Writes {@code synthetic_001a.png}, {@code synthetic_001b.png}, {@code synthetic_002a.png} ... as 8-bit grey PNG:
     * a Lamb-Oseen vortex of 5 px peak displacement, its core radius an eighth of the shorter side, whose centre
     * circles slowly about the middle of the image, once in 100 pairs. Makes the folder if it is absent. Files that hold
     * their image already are left as they are, so that a run that reads them is not disturbed.
     *
     * @param folder where the files go
     * @param pairs number of pairs, 1 to 99,999
     * @param width columns in px
     * @param height rows in px
     * @param seed the same seed gives the same files
     * @return the files in order: first, second, first, second ...
     * @throws IllegalArgumentException if {@code pairs} or the size is out of range
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(Path folder, int pairs, int width, int height, long seed) throws IOException {
        if (pairs < 1 || pairs > 99_999) {
            throw new IllegalArgumentException("pairs is " + pairs + ", it must be from 1 to 99999");
        }
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>(2 * pairs);
        for (int i = 0; i < pairs; i++) {
            SyntheticImages.Pair pair =
                    SyntheticImages.of(width, height, seed + i).withNoise(NOISE).pair(flow(i, width, height));
            String stem = "synthetic_" + threeDigits(i + 1);
            files.add(write(pair.first(), folder.resolve(stem + "a.png")));
            files.add(write(pair.second(), folder.resolve(stem + "b.png")));
        }
        return files;
    }

    /**
     * The flow of one pair of the series.
     *
     * @param pair counted from 0
     * @param width columns of the image in px
     * @param height rows of the image in px
     */
    public static Flow flow(int pair, int width, int height) {
        double turn = 2 * Math.PI * pair / 100;
        double shorter = Math.min(width, height);
        return Flow.lambOseen(
                0.5 * width + 0.1 * shorter * StrictMath.cos(turn),
                0.5 * height + 0.1 * shorter * StrictMath.sin(turn),
                shorter / 8,
                PEAK);
    }

    private static Path write(GreyImage image, Path file) throws IOException {
        GreyImageWriter.write8Bit(image, file);
        return file;
    }

    private static String threeDigits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 3 - digits.length())) + digits;
    }
}

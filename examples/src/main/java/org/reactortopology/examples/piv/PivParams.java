package org.reactortopology.examples.piv;

import java.nio.file.Path;
import java.util.List;
import org.reactortopology.Pair;
import org.reactortopology.Series;
import org.reactortopology.examples.piv.correlation.PivSettings;

/**
 * What the velocimetry topology is built from; crosses to the workers.
 *
 * @param input directory of the images
 * @param pattern glob of their names
 * @param output directory of the results
 * @param windows side of the windows of each pass, px
 * @param overlap share of a window's side that neighbours have in common
 * @param pictures whether a picture of each field is drawn
 * @param stopOnFailure whether the first failed pair ends the run
 */
public record PivParams(
        Path input,
        String pattern,
        Pairing pairing,
        Path output,
        List<Integer> windows,
        double overlap,
        boolean pictures,
        boolean stopOnFailure) {

    /** Names of images. */
    static final String IMAGES = "*.{tif,tiff,png,bmp,jpg,jpeg,TIF,TIFF,PNG,BMP,JPG,JPEG}";

    /** What {@code piv} does without options, once it has made its synthetic images. */
    public static PivParams defaults() {
        Path output = Path.of("piv-out");
        return new PivParams(
                output.resolve("images"), IMAGES, Pairing.PAIRS, output, List.of(64, 32), 0.5, true, false);
    }

    /** Copies the list. */
    public PivParams {
        windows = List.copyOf(windows);
    }

    /** The pairs of images, in natural order of their names. */
    public Series<Pair<Path>> pairs() {
        Series<Path> images = Series.files(input, pattern);
        return pairing == Pairing.PAIRS ? images.pairs() : images.successive();
    }

    /** How the fields are measured. */
    public PivSettings settings() {
        return PivSettings.defaults().withOverlap(overlap).withWindows(windows);
    }
}

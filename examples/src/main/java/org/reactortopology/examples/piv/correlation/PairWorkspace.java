package org.reactortopology.examples.piv.correlation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactortopology.examples.piv.image.GreyImage;

/** The buffers and transforms for image pairs of one size, and the passes over them. One thread at a time. */
final class PairWorkspace {

    private final PivSettings settings;
    private final int width;
    private final int height;
    private final SplineImage firstSpline;
    private final SplineImage secondSpline;
    private final float[] firstDeformed;
    private final float[] secondDeformed;
    private final Map<Integer, Pass> passes = new HashMap<>();
    private final NormalisedMedian medianTest;

    PairWorkspace(PivSettings settings, int width, int height) {
        this.settings = settings;
        this.width = width;
        this.height = height;
        this.firstSpline = new SplineImage(width, height);
        this.secondSpline = new SplineImage(width, height);
        this.firstDeformed = new float[deforms() ? width * height : 0];
        this.secondDeformed = new float[deforms() ? width * height : 0];
        this.medianTest = new NormalisedMedian(settings.medianThreshold(), settings.medianNoise());
    }

    boolean fits(GreyImage image) {
        return image.width() == width && image.height() == height;
    }

    /** Runs all passes. Both images have the size of this workspace. */
    VelocityField run(GreyImage first, GreyImage second) {
        @Nullable Predictor predictor = null;
        @Nullable VelocityField field = null;
        for (int window : settings.windows()) {
            Pass pass = passes.computeIfAbsent(window, size -> new Pass(settings, size, width, height));
            if (predictor == null) {
                field = pass.measure(first.pixels(), second.pixels(), null);
                loadSplines(first, second);
            } else {
                deform(predictor);
                field = pass.measure(firstDeformed, secondDeformed, predictor);
            }
            medianTest.clean(field);
            predictor = new Predictor(pass.grid(), field, width);
        }
        if (field == null) {
            throw new IllegalStateException("windows lists no pass, PivSettings should have refused it");
        }
        return field;
    }

    private void deform(Predictor predictor) {
        for (int y = 0; y < height; y++) {
            predictor.fillRow(y);
            firstSpline.deformRow(predictor, -0.5f, y, firstDeformed);
            secondSpline.deformRow(predictor, 0.5f, y, secondDeformed);
        }
    }

    private boolean deforms() {
        return settings.windows().size() > 1;
    }

    private void loadSplines(GreyImage first, GreyImage second) {
        if (deforms()) {
            firstSpline.load(first.pixels());
            secondSpline.load(second.pixels());
        }
    }
}

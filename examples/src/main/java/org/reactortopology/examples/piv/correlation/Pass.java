package org.reactortopology.examples.piv.correlation;

import org.jspecify.annotations.Nullable;

/** One pass: correlates every window of a grid. Holds buffers: one thread at a time. */
final class Pass {

    private final Grid grid;
    private final int width;
    private final float minSignalToNoise;
    private final WindowCorrelation correlation;
    private final CorrelationPeak peak;
    private final float[] plane;
    private final boolean[] contrast;

    Pass(PivSettings settings, int window, int width, int height) {
        this.grid = Grid.of(width, height, window, settings.overlap());
        this.width = width;
        int radius = settings.searchRadius(window) + 1;
        this.minSignalToNoise = (float) settings.minSignalToNoise();
        this.correlation = new WindowCorrelation(window, radius);
        this.contrast = new boolean[correlation.slots()];
        this.peak = new CorrelationPeak(window, radius);
        this.plane = new float[(2 * radius + 1) * (2 * radius + 1)];
    }

    Grid grid() {
        return grid;
    }

    /**
     * Measures the displacement in every window; vectors are flagged, none is replaced yet.
     *
     * @param first pixels of the first image, deformed if there is a predictor
     * @param second pixels of the second image, deformed if there is a predictor
     * @param predictor displacement by which the images are deformed, to which what is measured is added
     */
    VelocityField measure(float[] first, float[] second, @Nullable Predictor predictor) {
        VelocityField field = grid.emptyField();
        for (int begin = 0; begin < grid.points(); begin += contrast.length) {
            int count = Math.min(contrast.length, grid.points() - begin);
            for (int slot = 0; slot < count; slot++) {
                contrast[slot] = correlation.load(slot, first, second, width, start(begin + slot));
            }
            for (int slot = count; slot < contrast.length; slot++) {
                correlation.clear(slot);
            }
            correlation.correlate();
            for (int slot = 0; slot < count; slot++) {
                readOut(field, begin + slot, slot, predictor);
            }
        }
        return field;
    }

    private int start(int point) {
        int column = point % grid.columns();
        int row = point / grid.columns();
        return (grid.top() + row * grid.step()) * width + grid.left() + column * grid.step();
    }

    private void readOut(VelocityField field, int point, int slot, @Nullable Predictor predictor) {
        if (contrast[slot]) {
            correlation.read(slot, plane);
        }
        if (!contrast[slot] || !peak.find(plane)) {
            field.flags()[point] = VelocityField.NOT_MEASURED;
            return;
        }
        field.u()[point] = peak.shiftX();
        field.v()[point] = peak.shiftY();
        if (predictor != null) {
            float x = field.x()[point % grid.columns()];
            float y = field.y()[point / grid.columns()];
            field.u()[point] += predictor.u(x, y);
            field.v()[point] += predictor.v(x, y);
        }
        field.signalToNoise()[point] = peak.signalToNoise();
        if (peak.signalToNoise() < minSignalToNoise) {
            field.flags()[point] = VelocityField.LOW_SIGNAL;
        }
    }
}

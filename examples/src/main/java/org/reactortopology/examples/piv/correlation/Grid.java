package org.reactortopology.examples.piv.correlation;

/**
 * The windows of one pass: a regular grid, centred in the image.
 *
 * @param window side of a window in px
 * @param step distance of neighbouring windows in px, at least 1
 * @param columns windows from left to right
 * @param rows windows from top to bottom
 * @param left first column of pixels of the leftmost windows
 * @param top first row of pixels of the topmost windows
 */
record Grid(int window, int step, int columns, int rows, int left, int top) {

    static Grid of(int width, int height, int window, double overlap) {
        int step = Math.max(1, (int) Math.round(window * (1 - overlap)));
        int columns = (width - window) / step + 1;
        int rows = (height - window) / step + 1;
        int left = (width - window - (columns - 1) * step) / 2;
        int top = (height - window - (rows - 1) * step) / 2;
        return new Grid(window, step, columns, rows, left, top);
    }

    int points() {
        return columns * rows;
    }

    float firstX() {
        return left + (window - 1) / 2f;
    }

    float firstY() {
        return top + (window - 1) / 2f;
    }

    /** An unmeasured field with the window centres of this grid. */
    VelocityField emptyField() {
        float[] x = new float[columns];
        for (int column = 0; column < columns; column++) {
            x[column] = firstX() + column * step;
        }
        float[] y = new float[rows];
        for (int row = 0; row < rows; row++) {
            y[row] = firstY() + row * step;
        }
        int points = points();
        return new VelocityField(
                columns, rows, x, y, new float[points], new float[points], new float[points], new byte[points]);
    }
}

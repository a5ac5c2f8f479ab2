package org.reactortopology.examples.piv.correlation;

import java.util.Arrays;

/**
 * Finds and replaces outliers by the normalised median test (J. Westerweel and F. Scarano, Exp. Fluids 39 (2005) 1096):
 * a vector is an outlier if its distance from the median of its eight neighbours exceeds the threshold times the median
 * distance of these from the same median plus the noise level. It becomes the median of its good neighbours.
 *
 * <p>At the border of the field the neighbours lie on one side only, and a plain gradient would look like an outlier. There
 * the 3 x 3 block is moved inwards and its values are brought to the tested point by the median gradient in the block.
 *
 * <p>Vectors flagged as not measured count for nothing and are filled in at the end. Holds buffers: one thread at a time.
 */
final class NormalisedMedian {

    /** Fewest neighbours that can tell an outlier. */
    private static final int LEAST_NEIGHBOURS = 3;

    private final float threshold;
    private final float noise;
    private final float[] neighbourU = new float[9];
    private final float[] neighbourV = new float[9];
    private final float[] sorted = new float[9];
    private final float[] steps = new float[9];
    private int neighbours;

    NormalisedMedian(double threshold, double noise) {
        this.threshold = (float) threshold;
        this.noise = (float) noise;
    }

    /** Flags the outliers of a field and replaces them and all vectors that were not measured, in place. */
    void clean(VelocityField field) {
        byte[] flags = field.flags();
        boolean[] bad = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bad[i] = (flags[i] & VelocityField.NOT_MEASURED) != 0;
        }
        boolean[] outlier = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            outlier[i] = !bad[i] && isOutlier(field, bad, i);
        }
        for (int i = 0; i < flags.length; i++) {
            if (outlier[i]) {
                flags[i] = (byte) (flags[i] | VelocityField.REPLACED);
                bad[i] = true;
            }
        }
        replace(field, bad);
    }

    private boolean isOutlier(VelocityField field, boolean[] bad, int point) {
        gather(field, bad, point);
        if (neighbours < LEAST_NEIGHBOURS) {
            return false;
        }
        float distanceU = normalised(field.u()[point], neighbourU);
        float distanceV = normalised(field.v()[point], neighbourV);
        return distanceU * distanceU + distanceV * distanceV > threshold * threshold;
    }

    private float normalised(float value, float[] around) {
        float median = median(around, neighbours);
        for (int i = 0; i < neighbours; i++) {
            steps[i] = Math.abs(around[i] - median);
        }
        return Math.abs(value - median) / (median(steps, neighbours) + noise);
    }

    /** Collects the good vectors of the 3 x 3 block of a point, without the point, brought to the point's place. */
    private void gather(VelocityField field, boolean[] bad, int point) {
        int columns = field.columns();
        int column = point % columns;
        int row = point / columns;
        int left = blockStart(column, columns);
        int top = blockStart(row, field.rows());
        int right = Math.min(left + 3, columns);
        int bottom = Math.min(top + 3, field.rows());
        boolean centred = left == column - 1 && right == column + 2 && top == row - 1 && bottom == row + 2;
        Block block = new Block(left, top, right, bottom);
        float acrossU = centred ? 0 : gradient(field.u(), bad, columns, block, 1);
        float acrossV = centred ? 0 : gradient(field.v(), bad, columns, block, 1);
        float downU = centred ? 0 : gradient(field.u(), bad, columns, block, columns);
        float downV = centred ? 0 : gradient(field.v(), bad, columns, block, columns);
        neighbours = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int i = y * columns + x;
                if (i != point && !bad[i]) {
                    neighbourU[neighbours] = field.u()[i] - acrossU * (x - column) - downU * (y - row);
                    neighbourV[neighbours] = field.v()[i] - acrossV * (x - column) - downV * (y - row);
                    neighbours++;
                }
            }
        }
    }

    private static int blockStart(int index, int points) {
        return Math.max(0, Math.min(index - 1, points - 3));
    }

    /** Median difference of neighbouring values in a block, along rows for stride 1, along columns otherwise. */
    private float gradient(float[] values, boolean[] bad, int columns, Block block, int stride) {
        int lastColumn = stride == 1 ? block.right() - 1 : block.right();
        int lastRow = stride == 1 ? block.bottom() : block.bottom() - 1;
        int count = 0;
        for (int y = block.top(); y < lastRow; y++) {
            for (int x = block.left(); x < lastColumn; x++) {
                int i = y * columns + x;
                if (!bad[i] && !bad[i + stride]) {
                    steps[count++] = values[i + stride] - values[i];
                }
            }
        }
        return count == 0 ? 0 : median(steps, count);
    }

    private record Block(int left, int top, int right, int bottom) {}

    /** Fills bad vectors from good neighbours, those beside good ones first, until none is left or none can be filled. */
    private void replace(VelocityField field, boolean[] bad) {
        boolean filled = true;
        while (filled) {
            filled = false;
            boolean[] before = bad.clone();
            for (int i = 0; i < before.length; i++) {
                if (before[i]) {
                    gather(field, before, i);
                    if (neighbours > 0) {
                        field.u()[i] = median(neighbourU, neighbours);
                        field.v()[i] = median(neighbourV, neighbours);
                        bad[i] = false;
                        filled = true;
                    }
                }
            }
        }
    }

    private float median(float[] values, int count) {
        System.arraycopy(values, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        int middle = count / 2;
        return count % 2 == 1 ? sorted[middle] : 0.5f * (sorted[middle - 1] + sorted[middle]);
    }
}

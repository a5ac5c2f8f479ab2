package org.reactortopology.examples.piv.correlation;

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
        neighbours = 0;
        for (int y = top; y < Math.min(top + 3, field.rows()); y++) {
            for (int x = left; x < Math.min(left + 3, columns); x++) {
                int i = y * columns + x;
                if (i != point && !bad[i]) {
                    neighbourU[neighbours] = field.u()[i];
                    neighbourV[neighbours] = field.v()[i];
                    neighbours++;
                }
            }
        }
        if (column == 0 || row == 0 || column == columns - 1 || row == field.rows() - 1) {
            bringToBorder(field, bad, point, left, top);
        }
    }

    /** Takes off the neighbours how much the field changes from the border to them. */
    private void bringToBorder(VelocityField field, boolean[] bad, int point, int left, int top) {
        int columns = field.columns();
        Block block = new Block(columns, left, top, Math.min(left + 3, columns), Math.min(top + 3, field.rows()));
        bringToBorder(field.u(), neighbourU, bad, point, block);
        bringToBorder(field.v(), neighbourV, bad, point, block);
    }

    private void bringToBorder(float[] values, float[] brought, boolean[] bad, int point, Block block) {
        int columns = block.columns();
        float across = gradient(values, bad, block, 1);
        float down = gradient(values, bad, block, columns);
        int count = 0;
        for (int y = block.top(); y < block.bottom(); y++) {
            for (int x = block.left(); x < block.right(); x++) {
                int i = y * columns + x;
                if (i != point && !bad[i]) {
                    brought[count] = brought[count] - across * (x - point % columns) - down * (y - point / columns);
                    count++;
                }
            }
        }
    }

    private static int blockStart(int index, int points) {
        return Math.max(0, Math.min(index - 1, points - 3));
    }

    /** Median difference of neighbouring values in a block, along rows for stride 1, along columns otherwise. */
    private float gradient(float[] values, boolean[] bad, Block block, int stride) {
        int lastColumn = stride == 1 ? block.right() - 1 : block.right();
        int lastRow = stride == 1 ? block.bottom() : block.bottom() - 1;
        int count = 0;
        for (int y = block.top(); y < lastRow; y++) {
            for (int x = block.left(); x < lastColumn; x++) {
                int i = y * block.columns() + x;
                if (!bad[i] && !bad[i + stride]) {
                    steps[count++] = values[i + stride] - values[i];
                }
            }
        }
        return count == 0 ? 0 : median(steps, count);
    }

    private record Block(int columns, int left, int top, int right, int bottom) {}

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

    /** Sorts by insertion: for so few values the method of the JDK takes longer to compile than it could ever save. */
    private float median(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            float value = values[i];
            int to = i;
            while (to > 0 && sorted[to - 1] > value) {
                sorted[to] = sorted[to - 1];
                to--;
            }
            sorted[to] = value;
        }
        int middle = count / 2;
        return count % 2 == 1 ? sorted[middle] : 0.5f * (sorted[middle - 1] + sorted[middle]);
    }
}

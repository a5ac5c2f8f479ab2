package org.reactortopology.examples.piv.output;

import java.util.Arrays;
import java.util.List;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/** Small fields and images with known content. */
final class Fields {

    static final InterrogationSettings SETTINGS = new InterrogationSettings(List.of(64, 32), 0.5);

    private Fields() {}

    /** A field with the same vector everywhere, grid step 16 px, first centre at 15.5 px, no flags. */
    static VelocityField uniform(int columns, int rows, float u, float v) {
        int size = columns * rows;
        VelocityField field = new VelocityField(
                columns,
                rows,
                centres(columns),
                centres(rows),
                new float[size],
                new float[size],
                new float[size],
                new byte[size]);
        Arrays.fill(field.u(), u);
        Arrays.fill(field.v(), v);
        Arrays.fill(field.signalToNoise(), 3);
        return field;
    }

    /** An image whose grey rises from left to right. */
    static GreyImage ramp(int width, int height) {
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % width;
        }
        return new GreyImage(width, height, pixels);
    }

    private static float[] centres(int count) {
        float[] centres = new float[count];
        for (int i = 0; i < count; i++) {
            centres[i] = 15.5f + 16 * i;
        }
        return centres;
    }
}

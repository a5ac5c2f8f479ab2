package org.reactortopology.examples.piv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.correlation.PivSettings;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.Flow;
import org.reactortopology.examples.piv.image.SyntheticImages;

/**
 * Measures how exact the displacements are, on synthetic pairs of 512 x 512 px with particles of 2.5 px, 10 in 32 x 32
 * px, without noise but rounded to 8 bit. The flows are uniform shifts, a solid rotation, and a Lamb-Oseen vortex
 * whose core radius of 64 px is twice the last window of the default settings and whose peak displacement is 5 px.
 */
public final class PivAccuracy {

    /** Side of the synthetic images in px. */
    public static final int SIDE = 512;

    /** Largest uniform shift in px. */
    public static final double LARGEST_SHIFT = 5;

    private static final double ROTATION = 0.015;
    private static final double CORE_RADIUS = 64;
    private static final double PEAK = 5;
    private static final long SEED = 20_260_101L;

    private PivAccuracy() {}

    /**
     * The errors of one flow, over all vectors, replaced and flagged ones included.
     *
     * @param flow what was measured
     * @param rmsError root of the mean squared length of the error vector, px
     * @param biasX mean error to the right, px
     * @param biasY mean error downwards, px
     * @param validShare share of the vectors without any flag, 0 to 1
     * @param vectors number of vectors
     */
    public record Row(String flow, double rmsError, double biasX, double biasY, double validShare, int vectors) {}

    /**
     * Measures uniform shifts to the right from 0 to 5 px in steps of 0.1 px, the rotation and the vortex. Takes a few
     * seconds.
     */
    public static List<Row> measure(PivSettings settings) {
        Correlator correlator = new Correlator(settings);
        List<Row> rows = new ArrayList<>();
        for (int tenths = 0; tenths <= Math.round(10 * LARGEST_SHIFT); tenths++) {
            rows.add(uniformShift(correlator, tenths / 10.0));
        }
        rows.add(rotation(correlator));
        rows.add(vortex(correlator));
        return rows;
    }

    /** Measures one uniform shift to the right, in px. */
    public static Row uniformShift(Correlator correlator, double shift) {
        String name = String.format(Locale.ROOT, "uniform shift %.1f px", shift);
        return row(name, correlator, Flow.uniform(shift, 0), SEED + Math.round(10 * shift));
    }

    /** Measures a solid rotation of 0.015 rad about the middle of the image, up to 5.4 px in the corners. */
    public static Row rotation(Correlator correlator) {
        double centre = (SIDE - 1) / 2.0;
        return row("solid rotation 0.015 rad", correlator, Flow.rotation(centre, centre, ROTATION), SEED - 1);
    }

    /** Measures a Lamb-Oseen vortex in the middle of the image, core radius 64 px, peak displacement 5 px. */
    public static Row vortex(Correlator correlator) {
        double centre = (SIDE - 1) / 2.0;
        return row("Lamb-Oseen vortex", correlator, Flow.lambOseen(centre, centre, CORE_RADIUS, PEAK), SEED - 2);
    }

    /** A plain text table of the rows, one line each, under a heading; lengths in px. */
    public static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%-26s %9s %9s %9s %9s %8s%n",
                "flow",
                "rms [px]",
                "bias x",
                "bias y",
                "valid",
                "vectors"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-26s %9.4f %9.4f %9.4f %8.2f%% %8d%n",
                    row.flow(),
                    row.rmsError(),
                    row.biasX(),
                    row.biasY(),
                    100 * row.validShare(),
                    row.vectors()));
        }
        return table.toString();
    }

    private static Row row(String name, Correlator correlator, Flow flow, long seed) {
        SyntheticImages.Pair pair = SyntheticImages.of(SIDE, SIDE, seed).pair(flow);
        return compare(name, correlator.displacements(pair.first(), pair.second()), flow);
    }

    private static Row compare(String name, VelocityField field, Flow flow) {
        int vectors = field.columns() * field.rows();
        double sumX = 0;
        double sumY = 0;
        double squares = 0;
        int valid = 0;
        for (int i = 0; i < vectors; i++) {
            double x = field.x()[i % field.columns()];
            double y = field.y()[i / field.columns()];
            double errorX = field.u()[i] - flow.u(x, y);
            double errorY = field.v()[i] - flow.v(x, y);
            sumX += errorX;
            sumY += errorY;
            squares += errorX * errorX + errorY * errorY;
            valid += field.flags()[i] == 0 ? 1 : 0;
        }
        return new Row(
                name, Math.sqrt(squares / vectors), sumX / vectors, sumY / vectors, (double) valid / vectors, vectors);
    }
}

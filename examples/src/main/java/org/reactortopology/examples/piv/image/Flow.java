package org.reactortopology.examples.piv.image;

/**
 * A plane displacement field of known form, in px from the first to the second image of a pair. Coordinates are px
 * from the centre of the top-left pixel, x to the right and y downwards.
 */
public interface Flow {

    /** Displacement to the right, in px, of the particle whose mid position is (x, y). */
    double u(double x, double y);

    /** Displacement downwards, in px, of the particle whose mid position is (x, y). */
    double v(double x, double y);

    /**
     * The same displacement everywhere.
     *
     * @param u px to the right
     * @param v px downwards
     */
    static Flow uniform(double u, double v) {
        return new UniformFlow(u, v);
    }

    /**
     * Solid rotation.
     *
     * @param centreX px
     * @param centreY px
     * @param angle radians between the images, positive from the x axis towards the y axis, so clockwise as seen
     */
    static Flow rotation(double centreX, double centreY, double angle) {
        return new SwirlFlow(centreX, centreY, squaredRadius -> angle);
    }

    /**
     * Lamb-Oseen vortex: tangential displacement g/r (1 - exp(-r^2/a^2)), with g chosen for the given peak, which lies
     * at r = 1.1209 a (H. Lamb, Hydrodynamics, 1932, art. 334a).
     *
     * @param centreX px
     * @param centreY px
     * @param coreRadius a in px, above 0
     * @param peak largest displacement in px, clockwise as seen if positive
     * @throws IllegalArgumentException if {@code coreRadius} is not above 0
     */
    static Flow lambOseen(double centreX, double centreY, double coreRadius, double peak) {
        if (!(coreRadius > 0)) {
            throw new IllegalArgumentException(
                    "coreRadius is " + coreRadius + " px, it must be above 0; give the radius of the vortex core");
        }
        double peakRadius = 1.1209064227785;
        double circulation = peak * peakRadius / -StrictMath.expm1(-peakRadius * peakRadius) * coreRadius;
        double coreSquared = coreRadius * coreRadius;
        return new SwirlFlow(
                centreX,
                centreY,
                squaredRadius -> squaredRadius < 1e-12 * coreSquared
                        ? circulation / coreSquared
                        : -circulation * StrictMath.expm1(-squaredRadius / coreSquared) / squaredRadius);
    }
}

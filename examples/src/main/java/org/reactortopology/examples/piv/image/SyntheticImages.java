package org.reactortopology.examples.piv.image;

import java.util.SplittableRandom;

/**
 * Makes pairs of particle images of known displacement. Particles are Gaussian spots whose diameter is taken where the
 * intensity has fallen to exp(-2) of the peak, so 4 standard deviations (M. Raffel et al., Particle Image Velocimetry,
 * 3rd ed., 2018, chapter on simulated images), integrated over each pixel. A particle of mid position x appears at
 * x - d(x)/2 in the first and x + d(x)/2 in the second image, so a central measurement is without bias. Grey levels
 * are rounded to 8 bit. The same values and seed give the same images on every machine.
 *
 * @param width columns in px
 * @param height rows in px
 * @param particleDiameter px, above 0
 * @param particlesPerWindow mean number of particles in 32 x 32 px, above 0
 * @param noise standard deviation of the added Gaussian noise in grey levels, 0 for none
 * @param seed of the particle positions, brightnesses and noise
 */
public record SyntheticImages(
        int width, int height, double particleDiameter, double particlesPerWindow, double noise, long seed) {

    private static final double BACKGROUND = 10;
    private static final double BRIGHTEST = 200;

    /** Share of the brightest peak that the dimmest particle has. */
    private static final double DIMMEST = 0.6;

    /** Particles are placed this far outside as well, so that they can enter the image; px. */
    private static final double MARGIN = 32;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a side is below 1, or a diameter, density or noise is not usable
     */
    public SyntheticImages {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "image size " + width + " x " + height + " px is empty: give a width and height of at least 1");
        }
        requireWithin("particleDiameter", particleDiameter, 0.5, 20);
        requireWithin("particlesPerWindow", particlesPerWindow, 0.01, 200);
        requireWithin("noise", noise, 0, 100);
    }

    /** Particles of 2.5 px, 10 in 32 x 32 px, no noise. */
    public static SyntheticImages of(int width, int height, long seed) {
        return new SyntheticImages(width, height, 2.5, 10, 0, seed);
    }

    /** The two images of a pair. */
    public record Pair(GreyImage first, GreyImage second) {}

    /** The same with added Gaussian noise of this standard deviation in grey levels. */
    public SyntheticImages withNoise(double newNoise) {
        return new SyntheticImages(width, height, particleDiameter, particlesPerWindow, newNoise, seed);
    }

    /** Makes the pair of images of one flow; a call changes nothing here, so calls may run at the same time. */
    public Pair pair(Flow flow) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] first = new float[width * height];
        float[] second = new float[width * height];
        ParticleSpot spot = new ParticleSpot(width, height, particleDiameter);
        double area = (width + 2 * MARGIN) * (height + 2 * MARGIN);
        long particles = Math.round(area * particlesPerWindow / (32 * 32));
        for (long i = 0; i < particles; i++) {
            double x = random.nextDouble(-0.5 - MARGIN, width - 0.5 + MARGIN);
            double y = random.nextDouble(-0.5 - MARGIN, height - 0.5 + MARGIN);
            double peak = BRIGHTEST * random.nextDouble(DIMMEST, 1);
            double halfU = 0.5 * flow.u(x, y);
            double halfV = 0.5 * flow.v(x, y);
            spot.add(first, x - halfU, y - halfV, peak);
            spot.add(second, x + halfU, y + halfV, peak);
        }
        quantise(first, random);
        quantise(second, random);
        return new Pair(new GreyImage(width, height, first), new GreyImage(width, height, second));
    }

    private void quantise(float[] pixels, SplittableRandom random) {
        for (int i = 0; i < pixels.length; i++) {
            double level = BACKGROUND + pixels[i] + (noise > 0 ? noise * random.nextGaussian() : 0);
            pixels[i] = Math.round(Math.max(0, Math.min(255, level)));
        }
    }

    private static void requireWithin(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be from " + least + " to " + most);
        }
    }
}

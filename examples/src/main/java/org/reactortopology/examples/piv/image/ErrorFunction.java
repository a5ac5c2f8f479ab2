package org.reactortopology.examples.piv.image;

/** The error function. */
final class ErrorFunction {

    private ErrorFunction() {}

    /**
     * erf(x) to within 1.5e-7 (M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 1964, 7.1.26), far
     * below the half grey level of 8-bit rounding.
     */
    static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double polynomial =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double value = 1 - polynomial * StrictMath.exp(-x * x);
        return x < 0 ? -value : value;
    }
}

package org.reactortopology.examples.piv;

import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.correlation.VelocityField;

/** A pair with its velocity field. */
record MeasuredPair(ImagePair images, VelocityField field) {

    /** Measures the displacements between the two images. */
    static MeasuredPair measure(Correlator correlator, ImagePair images) {
        return new MeasuredPair(images, correlator.displacements(images.first(), images.second()));
    }
}

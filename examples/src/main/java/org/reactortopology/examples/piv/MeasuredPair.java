package org.reactortopology.examples.piv;

import java.io.IOException;
import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.output.FieldStore;

/** A pair with its velocity field. */
record MeasuredPair(ImagePair images, VelocityField field) {

    /** Measures the displacements between the two images. */
    static MeasuredPair measure(Correlator correlator, ImagePair images) {
        return new MeasuredPair(images, correlator.displacements(images.first(), images.second()));
    }

    /** Writes the field alone. */
    PivResult save(FieldStore store) throws IOException {
        return new PivResult(store.save(images.key(), field), images.warnings());
    }
}

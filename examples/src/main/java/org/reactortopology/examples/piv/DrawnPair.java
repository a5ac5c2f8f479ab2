package org.reactortopology.examples.piv;

import java.io.IOException;
import java.util.List;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.output.FieldStore;
import org.reactortopology.examples.piv.output.VectorPicture;

/** A velocity field with its picture, ready to be written. */
@SuppressWarnings("ArrayRecordComponent") // handed from one work to the next and read there
record DrawnPair(String key, VelocityField field, byte[] picture, List<String> warnings) {

    /** Draws the vectors over the first image. */
    static DrawnPair draw(MeasuredPair measured) {
        ImagePair images = measured.images();
        byte[] picture = VectorPicture.png(images.key(), images.first(), measured.field());
        return new DrawnPair(images.key(), measured.field(), picture, images.warnings());
    }

    /** Writes both files. */
    PivResult save(FieldStore store) throws IOException {
        return new PivResult(store.save(key, picture, field), warnings);
    }
}

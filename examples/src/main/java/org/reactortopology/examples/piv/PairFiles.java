package org.reactortopology.examples.piv;

import java.io.IOException;
import java.nio.file.Path;
import org.reactortopology.Pair;
import org.reactortopology.examples.piv.image.GreyImageReader;

/** The bytes of the two files of a pair. */
@SuppressWarnings("ArrayRecordComponent") // handed from one work to the next and read there
record PairFiles(Pair<Path> paths, byte[] first, byte[] second) {

    /** Reads both files. */
    static PairFiles read(Pair<Path> paths) throws IOException {
        return new PairFiles(paths, GreyImageReader.bytes(paths.first()), GreyImageReader.bytes(paths.second()));
    }

    /** The pair's key, as the series names it. */
    String key() {
        return paths.first().getFileName() + "+" + paths.second().getFileName();
    }
}

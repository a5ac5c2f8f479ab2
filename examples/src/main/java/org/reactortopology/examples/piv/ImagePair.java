package org.reactortopology.examples.piv;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reactortopology.examples.piv.image.GreyImage;
import org.reactortopology.examples.piv.image.GreyImageReader;

/** The two images of a pair, and what the reader of the results should know about them. */
record ImagePair(String key, GreyImage first, GreyImage second, List<String> warnings) {

    /** Decodes both files. */
    static ImagePair decode(PairFiles files) throws IOException {
        GreyImageReader.Decoded first = GreyImageReader.decode(files.paths().first(), files.first());
        GreyImageReader.Decoded second = GreyImageReader.decode(files.paths().second(), files.second());
        List<String> warnings = Stream.of(first, second)
                .map(GreyImageReader.Decoded::warning)
                .flatMap(Optional::stream)
                .toList();
        return new ImagePair(files.key(), first.image(), second.image(), warnings);
    }
}

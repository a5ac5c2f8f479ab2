package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreyImageWriterTest {

    @TempDir
    Path directory;

    /** A second name of the old file tells: one that is written in place changes under both names. */
    @Test
    void anImageIsReplacedInOneStep() throws IOException {
        Path file = directory.resolve("image.png");
        Files.writeString(file, "old");
        Path old = Files.createLink(directory.resolve("old.png"), file);

        GreyImageWriter.write8Bit(new GreyImage(2, 1, new float[] {0, 255}), file);

        assertThat(old).hasContent("old");
        assertThat(GreyImageReader.decode(file, GreyImageReader.bytes(file))
                        .image()
                        .pixels())
                .containsExactly(0, 255);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(file, old);
        }
    }
}

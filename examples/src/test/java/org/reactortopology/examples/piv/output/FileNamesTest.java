package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "Karman_01.bmp+Karman_02.bmp, Karman_01+Karman_02.bmp",
        "a.tif+b.tif, a+b.tif",
        "a.png+b.png, a+b.png",
        "a.tar.gz+b.tar.gz, a.tar+b.tar.gz",
        "0.png+_.png, 0+_.png"
    })
    void writesTheSharedExtensionOnce(String key, String name) {
        assertThat(FileNames.of(key)).isEqualTo(name);
    }

    static Stream<String> awkwardKeys() {
        return Stream.of(
                "",
                " ",
                ".",
                "..",
                "../../etc/passwd",
                "..\\..\\x.png+y.png",
                "/a.png+/b.png",
                "dir/a.png+dir/b.png",
                "a b.png+c d.png",
                "a#1.png+a#2.png",
                "ä.png+ö.png",
                "\uD83D\uDE00.png+x.png",
                "\uD83D",
                "<b>&\"'.png",
                "a\nb.png+c.png",
                "a\0.png+b.png",
                "C:\\a.png+b.png",
                "-rf.png+b.png",
                ".hidden.png+b.png",
                "a.png+b.tif",
                "a+b.tif",
                "a+b.tif+c.tif",
                "mean",
                "index",
                "x".repeat(5000) + ".png+b.png");
    }

    @ParameterizedTest
    @MethodSource("awkwardKeys")
    void givesAnyOtherKeyAPortableNameWithAHash(String key) {
        String name = FileNames.of(key);

        assertThat(name).matches("[A-Za-z0-9_+][A-Za-z0-9._+-]*-[0-9a-f]{12}").hasSizeLessThanOrEqualTo(133);
        assertThat(FileNames.of(key)).isEqualTo(name);
        Path directory = Path.of("out").toAbsolutePath();
        assertThat(directory.resolve(name + ".h5").normalize().getParent()).isEqualTo(directory);
    }

    @Test
    void keepsDifferentKeysApart() {
        List<String> keys = List.of(
                "a.tif+b.tif",
                "a.png+b.png",
                "a+b.tif",
                "a+b.png",
                "a.tif+b.png",
                "a.png+b.tif",
                "a_.tif+b.tif",
                "a .tif+b.tif",
                "a#.tif+b.tif",
                "a/b.tif+c.tif",
                "a_b.tif+c.tif",
                "x".repeat(200) + "1.tif+b.tif",
                "x".repeat(200) + "2.tif+b.tif");

        assertThat(keys.stream().map(FileNames::of)).doesNotHaveDuplicates();
    }

    @Test
    void neverGivesAPlainKeyTheNameOfAHashedOne() {
        // The dot of the extension keeps a plain name from ending like a hashed one, whatever its parts look like.
        assertThat(FileNames.of("a.abcdef01+b-0123456789.abcdef01")).isEqualTo("a+b-0123456789.abcdef01");
        assertThat(FileNames.of("a.0123456789ab+b.0123456789ab")).matches("a\\..*-[0-9a-f]{12}");
    }
}

package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BitmapFontTest {

    private static final int INK = 0x123456;

    @Test
    void drawsEveryPrintableCharacterDifferently() {
        Set<String> shapes = new HashSet<>();
        for (int character = '!'; character <= '~'; character++) {
            String shape = drawn(Character.toString(character));
            assertThat(shape).as("glyph of '%c'", character).contains("#");
            assertThat(shapes.add(shape))
                    .as("'%c' looks like no other", character)
                    .isTrue();
        }
        assertThat(shapes).hasSize(94).doesNotContain(drawn("\u00e4"));
    }

    @Test
    void drawsABoxForAnUnknownCharacter() {
        String box = """
                #####
                #...#
                #...#
                #...#
                #...#
                #...#
                #####
                .....
                .....
                """;

        assertThat(drawn("ä")).isEqualTo(box);
        assertThat(drawn("\n")).isEqualTo(box);
        assertThat(drawn("\uD83D\uDE00")).as("one box for two code units").isEqualTo(box);
    }

    @Test
    void drawsNothingForASpace() {
        assertThat(drawn(" ")).doesNotContain("#");
    }

    @Test
    void drawsAnR() {
        assertThat(drawn("R")).isEqualTo("""
                        ####.
                        #...#
                        #...#
                        ####.
                        #.#..
                        #..#.
                        #...#
                        .....
                        .....
                        """);
    }

    @Test
    void scalesAndCutsAtTheEdges() {
        Canvas image = new Canvas(20, 10, 0);

        BitmapFont.draw(image, -3, -3, 4, INK, "HH");

        assertThat(image.at(0, 0)).isEqualTo(INK);
        assertThat(image.at(19, 9)).isZero();
    }

    @Test
    void measuresAndShortensText() {
        assertThat(BitmapFont.width("", 2)).isZero();
        assertThat(BitmapFont.width("a", 2)).isEqualTo(10);
        assertThat(BitmapFont.width("ab", 2)).isEqualTo(22);
        assertThat(BitmapFont.fit("abcdefghij", 2, 118)).isEqualTo("abcdefghij");
        assertThat(BitmapFont.fit("abcdefghij", 2, 117))
                .isEqualTo("abc...hij")
                .satisfies(text -> assertThat(BitmapFont.width(text, 2)).isLessThanOrEqualTo(117));
        assertThat(BitmapFont.fit("abcdefghij", 2, 0)).isEqualTo("...");
    }

    private static String drawn(String character) {
        Canvas image = new Canvas(8, BitmapFont.HEIGHT, 0);
        BitmapFont.draw(image, 0, 0, 1, INK, character);
        char[] row = new char[5];
        StringBuilder rows = new StringBuilder();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = image.at(x, y) == INK ? '#' : '.';
            }
            rows.append(row).append('\n');
        }
        return rows.toString();
    }
}

package org.reactortopology.examples.piv.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws text from glyphs of its own, 5 by 7 pixels and two rows for descenders.
 *
 * <p>The text functions of AWT need a font and the libraries fontconfig and freetype, which a headless JDK does not
 * bring; this class needs none. It knows the printable characters of ASCII and draws a hollow box for any other.
 */
final class BitmapFont {

    /** Rows of a glyph above the base line, in glyph pixels. */
    static final int ASCENT = 7;

    /** Rows of a glyph in all, in glyph pixels. */
    static final int HEIGHT = 9;

    private static final int WIDTH = 5;
    private static final int ADVANCE = WIDTH + 1;
    private static final String RESOURCE = "glyphs-5x9.txt";
    private static final String HEADER = "glyphs ";
    private static final String ELLIPSIS = "...";
    private static final boolean[][] BOX = box();
    private static final Map<Integer, boolean[][]> GLYPHS = load();

    private BitmapFont() {}

    /**
     * The width of a text in px.
     *
     * @param text any text
     * @param scale edge of a glyph pixel in px
     */
    static int width(String text, int scale) {
        int characters = text.codePointCount(0, text.length());
        return characters == 0 ? 0 : (characters * ADVANCE - 1) * scale;
    }

    /**
     * The text itself if it is at most {@code maxWidth} px wide, else its two ends with dots between them.
     *
     * @param text any text
     * @param scale edge of a glyph pixel in px
     * @param maxWidth room in px
     */
    static String fit(String text, int scale, int maxWidth) {
        if (width(text, scale) <= maxWidth) {
            return text;
        }
        int[] characters = text.codePoints().toArray();
        int room = Math.max(0, (maxWidth / scale + 1) / ADVANCE - ELLIPSIS.length());
        int head = (room + 1) / 2;
        int tail = room - head;
        return new String(characters, 0, head) + ELLIPSIS + new String(characters, characters.length - tail, tail);
    }

    /**
     * Draws one line of text; parts outside the image are left out.
     *
     * @param image image to draw on
     * @param x left edge in px
     * @param y top edge in px
     * @param scale edge of a glyph pixel in px
     * @param rgb colour, 0xRRGGBB
     * @param text any text
     */
    static void draw(Canvas image, int x, int y, int scale, int rgb, String text) {
        int left = x;
        for (int character : text.codePoints().toArray()) {
            drawGlyph(image, left, y, scale, rgb, glyph(character));
            left += ADVANCE * scale;
        }
    }

    /** The glyph of a character as [row][column]; the box if it has none, all false for a space. */
    static boolean[][] glyph(int character) {
        return character == ' ' ? new boolean[HEIGHT][WIDTH] : GLYPHS.getOrDefault(character, BOX);
    }

    private static void drawGlyph(Canvas image, int x, int y, int scale, int rgb, boolean[][] glyph) {
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                if (glyph[row][column]) {
                    image.fill(x + column * scale, y + row * scale, scale, scale, rgb);
                }
            }
        }
    }

    private static boolean[][] box() {
        boolean[][] box = new boolean[HEIGHT][WIDTH];
        for (int row = 0; row < ASCENT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                box[row][column] = row == 0 || row == ASCENT - 1 || column == 0 || column == WIDTH - 1;
            }
        }
        return box;
    }

    private static Map<Integer, boolean[][]> load() {
        try (InputStream stream = BitmapFont.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the glyphs '" + RESOURCE + "' are missing beside "
                        + BitmapFont.class.getName() + "; build the jar with its resources");
            }
            return parse(new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the glyphs '" + RESOURCE + "'", e);
        }
    }

    private static Map<Integer, boolean[][]> parse(BufferedReader lines) throws IOException {
        Map<Integer, boolean[][]> glyphs = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(HEADER)) {
                String characters = line.substring(HEADER.length());
                for (int row = 0; row < HEIGHT; row++) {
                    parseRow(glyphs, characters, row, lines.readLine());
                }
            }
        }
        return glyphs;
    }

    private static void parseRow(Map<Integer, boolean[][]> glyphs, String characters, int row, String line) {
        for (int i = 0; i < characters.length(); i++) {
            boolean[][] glyph = glyphs.computeIfAbsent((int) characters.charAt(i), c -> new boolean[HEIGHT][WIDTH]);
            for (int column = 0; column < WIDTH; column++) {
                glyph[row][column] = line.charAt(i * ADVANCE + column) == '#';
            }
        }
    }
}

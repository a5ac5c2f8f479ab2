package org.reactortopology.commandline.internal.view;

import java.util.ArrayList;
import java.util.List;

/** Text made to fit. */
public final class Texts {

    private static final String CUT = "...";

    private Texts() {}

    /** One line without control characters: what a user's key or message holds must not steer the terminal. */
    public static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                line.append(' ');
            } else {
                line.appendCodePoint(isSteering(c) ? '?' : c);
            }
        });
        return line.toString();
    }

    private static boolean isSteering(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /** One word of a shell: as it is if that has no meaning of its own there, and otherwise in quotes. */
    public static String shell(String text) {
        return text.matches("[\\p{L}\\p{N}_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The text, cut at the end if it is longer than that. */
    public static String fit(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        return width <= CUT.length() ? head(text, Math.max(0, width)) : head(text, width - CUT.length()) + CUT;
    }

    /** How many characters a terminal shows; each code point counts as one. */
    public static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text with spaces behind it up to that width. */
    public static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text with spaces before it up to that width. */
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    /** Lines of at most that width, broken at spaces; a word longer than that stays whole. */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : printable(paragraph).split(" ", -1)) {
                if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String head(String text, int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}

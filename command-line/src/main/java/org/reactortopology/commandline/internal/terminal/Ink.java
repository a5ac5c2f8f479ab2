package org.reactortopology.commandline.internal.terminal;

/** Colours of a terminal, or none. Text is padded first and coloured then: the codes have no width. */
public enum Ink {
    /** It went well. */
    GOOD("32"),
    /** It went wrong. */
    BAD("31"),
    /** It is worth a look. */
    NOTE("33"),
    /** Headings. */
    FAINT("2");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text in this colour, or as it is. */
    public String on(String text, boolean colour) {
        return colour && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }
}

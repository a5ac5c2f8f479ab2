package org.reactortopology.job.internal.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Text of a page that is HTML and well-formed XML at once. All texts and values of attributes are escaped; characters that XML does not allow are shown
 * by their number. Attributes are given as names and values in turn.
 */
final class Markup {

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** The begin of an element, to be ended by {@link #end}. */
    Markup begin(String tag, Object... attributes) {
        tag(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** The end of the element that was begun last. */
    Markup end() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with only a text in it. */
    Markup element(String tag, String text, Object... attributes) {
        return begin(tag, attributes).text(text).end();
    }

    /** An element that never has content in HTML, or one of SVG without any. */
    Markup empty(String tag, Object... attributes) {
        tag(tag, attributes);
        out.append("/>");
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    Markup line() {
        out.append('\n');
        return this;
    }

    /** What is known to be well-formed. */
    Markup raw(String text) {
        out.append(text);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }

    private void tag(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(value(attributes[i + 1]));
            out.append('"');
        }
    }

    /** Coordinates to a tenth. */
    private static String value(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%.1f", number).replaceAll("\\.0$", "")
                : value.toString();
    }

    private void escape(String text) {
        text.codePoints().forEach(code -> {
            switch (code) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\r' -> out.append("&#13;");
                default -> {
                    if (isAllowed(code)) {
                        out.appendCodePoint(code);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\u%04x", code));
                    }
                }
            }
        });
    }

    /** XML 1.0, production Char, without the controls that HTML reads as other characters. */
    private static boolean isAllowed(int code) {
        return code == '\t'
                || code == '\n'
                || (code >= 0x20 && code < 0x7f)
                || (code >= 0xa0 && code <= 0xd7ff)
                || (code >= 0xe000 && code <= 0xfffd)
                || code >= 0x10000;
    }
}

package org.reactortopology.examples.piv.output;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes any text safe for an HTML page. */
final class Html {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Html() {}

    /** The text for use between tags and inside quoted attributes; control characters become U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append(' ');
                default -> escaped.append(Character.isISOControl(character) ? '\uFFFD' : character);
            }
        }
        return escaped.toString();
    }

    /**
     * The address of a file relative to the page, percent-encoded as RFC 3986 says, safe inside a quoted attribute.
     *
     * @param directory directory of the page
     * @param file the file to link to
     */
    static String relativeUrl(Path directory, Path file) {
        Path from = directory.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            return escape(to.toUri().toString());
        }
        StringBuilder url = new StringBuilder();
        for (Path segment : from.relativize(to)) {
            url.append(url.isEmpty() ? "" : "/");
            appendEncoded(url, segment.toString());
        }
        return url.toString();
    }

    private static void appendEncoded(StringBuilder url, String segment) {
        for (byte unit : segment.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0 && UNRESERVED.indexOf(unit) >= 0) {
                url.append((char) unit);
            } else {
                url.append(String.format("%%%02X", unit & 0xff));
            }
        }
    }
}

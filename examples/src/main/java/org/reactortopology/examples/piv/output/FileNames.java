package org.reactortopology.examples.piv.output;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Turns the key of a pair into the name of its files, without looking at other keys, so that any process finds the same
 * name.
 *
 * <p>A key {@code <first>.<extension>+<second>.<extension>} of portable characters becomes {@code
 * <first>+<second>.<extension>}: {@code Karman_01.bmp+Karman_02.bmp} gives {@code Karman_01+Karman_02.bmp}. The extension
 * stays once because a glob may match both {@code a.tif} and {@code a.png}; two such keys never share a name.
 *
 * <p>Any other key (characters outside {@code A-Z a-z 0-9 . _ + -}, a leading dot, two extensions, too long) has those
 * characters replaced by {@code _}, is cut, and gets a dash and the first {@value #HASH_DIGITS} hexadecimal digits of the
 * SHA-256 of the key. Such names meet with a probability below 2 in 100,000 among 100,000 pairs that look alike. A plain
 * name has a dot among its last nine characters and a hashed one has none among its last thirteen, so the two kinds never
 * meet.
 *
 * <p>Keys that differ only in case keep names that differ only in case: on a file system that ignores case they would
 * meet.
 */
final class FileNames {

    private static final int HASH_DIGITS = 12;
    private static final int MAX_LENGTH = 120;
    private static final Pattern PLAIN_KEY = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9._-]*)(\\.[A-Za-z0-9]{1,8})" + "\\+([A-Za-z0-9_][A-Za-z0-9._-]*)\\2");
    private static final Pattern NOT_PORTABLE = Pattern.compile("[^A-Za-z0-9._+-]|^[.-]+|^$");

    private FileNames() {}

    /**
     * The name for a key.
     *
     * @param key any text
     * @return 1 to 133 ASCII characters, no separator, no leading dot or dash; without {@code .h5} or {@code .png}
     */
    static String of(String key) {
        var matcher = PLAIN_KEY.matcher(key);
        if (matcher.matches()) {
            String plain = matcher.group(1) + "+" + matcher.group(3) + matcher.group(2);
            if (plain.length() <= MAX_LENGTH) {
                return plain;
            }
        }
        String portable = NOT_PORTABLE.matcher(key).replaceAll("_");
        return portable.substring(0, Math.min(MAX_LENGTH, portable.length())) + "-" + hash(key);
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every one must have", e);
        }
    }
}

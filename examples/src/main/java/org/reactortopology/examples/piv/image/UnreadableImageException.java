package org.reactortopology.examples.piv.image;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image file is missing, empty, cut short, damaged or of a format the JDK cannot read. The message is one line: the
 * file, what was seen and the fix.
 */
public final class UnreadableImageException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableImageException(Path file, String seen, String fix) {
        this(file, seen, fix, null);
    }

    UnreadableImageException(Path file, String seen, String fix, @Nullable Throwable cause) {
        super("cannot read image '" + file + "': " + seen + "; " + fix, cause);
    }
}

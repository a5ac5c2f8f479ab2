package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a JVM that crashed wrote to its fatal error log ({@code hs_err}), in a few lines. */
final class CrashReport {

    /** The lines that are quoted stand near the beginning; the rest may be long. */
    private static final int READ_BYTES = 64 * 1024;

    private static final int LINE_CHARS = 300;
    private static final Pattern CAUSE =
            Pattern.compile("#\\s+(SIG\\w+|EXCEPTION_\\w+|Internal Error|Out of Memory|fatal error|.*OutOfMemory).*");
    private static final String FRAME = "# Problematic frame:";
    private static final String THREAD = "Current thread";

    private CrashReport() {}

    /** The cause, the frame where it happened and the thread, as far as the file tells, behind its name; empty if there is no such file. */
    static Optional<String> of(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines;
        try (InputStream in = Files.newInputStream(file)) {
            lines = new String(in.readNBytes(READ_BYTES), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return Optional.of("its crash report " + file + " cannot be read: " + e);
        }
        List<String> said = new ArrayList<>();
        lines.stream().filter(line -> CAUSE.matcher(line).matches()).findFirst().ifPresent(said::add);
        int frame = lines.indexOf(FRAME);
        if (frame >= 0 && frame + 1 < lines.size()) {
            said.add("in frame " + text(lines.get(frame + 1)));
        }
        lines.stream().filter(line -> line.startsWith(THREAD)).findFirst().ifPresent(said::add);
        return Optional.of("its crash report " + file + " says:"
                + said.stream().map(line -> "\n  " + text(line)).reduce("", String::concat));
    }

    private static String text(String line) {
        String text = line.replaceFirst("^#\\s*", "");
        return text.length() > LINE_CHARS ? text.substring(0, LINE_CHARS) + "…" : text;
    }
}

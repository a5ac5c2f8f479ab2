package org.reactortopology.job.internal.directory;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reactortopology.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One text file for each key whose outcome is a failure. */
public final class FailureFiles {

    private static final Logger LOG = LoggerFactory.getLogger(FailureFiles.class);
    private static final int LONGEST = 100;
    private static final int HASH_DIGITS = 16;

    /** Names that are themselves on every file system, and that no escaped name looks like. */
    private static final Pattern SAFE = Pattern.compile("[a-z0-9_][a-z0-9._-]{0," + (LONGEST - 1) + "}");

    private static final Pattern LIKE_ESCAPED = Pattern.compile(".*-[0-9a-f]{" + HASH_DIGITS + "}");
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private final Path directory;
    private boolean unwritable;

    /** Files in that directory, which is made when there is a failure. */
    public FailureFiles(Path directory) {
        this.directory = directory;
    }

    /** The name of a key's file. Keys that differ have names that differ, also where capitals do not count. */
    public static String name(String key) {
        boolean safe = SAFE.matcher(key).matches()
                && !LIKE_ESCAPED.matcher(key).matches()
                && !RESERVED.matcher(key).matches();
        if (safe) {
            return key + ".txt";
        }
        String shown = key.substring(0, Math.min(key.length(), LONGEST - HASH_DIGITS - 1))
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceAll("^\\.+", "_");
        return shown + "-" + hash(key) + ".txt";
    }

    /**
     * Writes the file of a failure; gives its name, or nothing if it cannot be written, which is logged: the ledger has the failure, too. The file is not
     * forced to the disk, so that many failures do not hold up the ledger.
     *
     * @param attempts in this run
     */
    public Optional<String> write(Outcome<?> failure, int attempts, int run, Instant at) {
        String name = name(failure.key());
        try {
            Files.createDirectories(directory);
            String text = text(failure, attempts, run, at);
            replace(directory.resolve(name), text);
            return Optional.of(name);
        } catch (IOException e) {
            if (!unwritable) {
                LOG.warn(
                        "'{}' cannot be written; the ledger records failures without a file",
                        directory.resolve(name),
                        e);
            }
            unwritable = true;
            return Optional.empty();
        }
    }

    /** Readers see the old file, the new one or none. */
    private static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the file of a key that has ended well since. */
    public void remove(String key) {
        try {
            Files.deleteIfExists(directory.resolve(name(key)));
        } catch (IOException e) {
            LOG.warn("'{}' cannot be removed, although the key has ended well", directory.resolve(name(key)), e);
        }
    }

    private static String text(Outcome<?> failure, int attempts, int run, Instant at) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("key:      " + failure.key());
        out.println("index:    " + failure.index());
        if (failure instanceof Outcome.Failed<?> failed) {
            out.println("outcome:  failed: " + failed.causeType());
            out.println("work:     " + failed.work());
        } else if (failure instanceof Outcome.TimedOut<?> late) {
            out.println("outcome:  timed out: " + late.summary());
            out.println("work:     " + late.work());
        } else if (failure instanceof Outcome.Crashed<?> crashed) {
            out.println("outcome:  crashed: " + crashed.reason());
            crashed.exitCode().ifPresent(code -> out.println("exit:     " + code));
        }
        out.println("attempts: " + attempts);
        out.println("run:      " + run);
        out.println("ended:    " + at);
        out.println();
        if (failure instanceof Outcome.Failed<?> failed) {
            out.println(CauseText.of(failed.cause(), () -> stackTrace(failed.cause())));
        } else if (failure instanceof Outcome.Crashed<?> crashed) {
            crashed.crashReport().ifPresent(report -> out.println(report + "\n"));
            out.println(crashed.log().isEmpty() ? "There is no log of its process." : crashed.log());
        }
        out.flush();
        return text.toString();
    }

    private static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

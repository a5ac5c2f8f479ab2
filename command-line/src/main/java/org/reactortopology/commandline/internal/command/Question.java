package org.reactortopology.commandline.internal.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reactortopology.commandline.internal.terminal.Surface;

/** Asks a person what to do with a directory that has a job. */
final class Question {

    private static final Map<String, Mode> ANSWERS = Map.of(
            "r", Mode.RESUME,
            "resume", Mode.RESUME,
            "c", Mode.RECOMPUTE,
            "recompute", Mode.RECOMPUTE,
            "n", Mode.NEW,
            "new", Mode.NEW,
            "f", Mode.RETRY_FAILED,
            "retry-failed", Mode.RETRY_FAILED);

    private final Surface surface;
    private final PrintWriter err;

    Question(Surface surface, PrintWriter err) {
        this.surface = surface;
        this.err = err;
    }

    /** The mode that was answered; empty if the person wants none, or the input ends. */
    Optional<Mode> ask(List<String> status) throws IOException {
        status.forEach(err::println);
        while (true) {
            err.print("[r]esume, re[c]ompute, [n]ew, retry-[f]ailed or [q]uit? ");
            err.flush();
            String line = surface.input().readLine();
            String answer = line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
            Mode mode = ANSWERS.get(answer);
            if (mode != null) {
                return Optional.of(mode);
            } else if (answer.equals("q") || answer.equals("quit")) {
                return Optional.empty();
            }
        }
    }
}

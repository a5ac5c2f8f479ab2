package org.reactortopology.benchmarks.harness;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The command line of {@link Harness}, as {@code benchmarks/run} writes it. For one thread. */
final class HarnessArguments {

    private static final int ROUNDS = 5;
    private static final int SHORT_ROUNDS = 3;

    private @Nullable String suite;
    private @Nullable String suiteClass;
    private String what = "";
    private String command = "";
    private @Nullable String commit;
    private @Nullable Path out;
    private int rounds;
    private boolean shortForm;
    private boolean plots = true;
    private List<String> rest = List.of();

    private HarnessArguments() {}

    /**
     * Reads {@code --suite NAME --class CLASS --out DIR [--what WORDS] [--command WORDS] [--commit ID] [--rounds N] [--short] [--no-plots] [-- ARG...]}.
     *
     * @throws IllegalArgumentException that names the word it does not know or that is missing
     */
    static HarnessArguments parse(List<String> words) {
        HarnessArguments arguments = new HarnessArguments();
        int end = words.indexOf("--");
        if (end >= 0) {
            arguments.rest = List.copyOf(words.subList(end + 1, words.size()));
        }
        Iterator<String> left = words.subList(0, end < 0 ? words.size() : end).iterator();
        while (left.hasNext()) {
            arguments.take(left.next(), left);
        }
        if (arguments.suite == null || arguments.suiteClass == null || arguments.out == null) {
            throw new IllegalArgumentException("--suite, --class and --out are needed: run benchmarks/run");
        }
        return arguments;
    }

    private void take(String word, Iterator<String> left) {
        switch (word) {
            case "--short" -> shortForm = true;
            case "--no-plots" -> plots = false;
            case "--suite" -> suite = value(word, left);
            case "--class" -> suiteClass = value(word, left);
            case "--what" -> what = value(word, left);
            case "--command" -> command = value(word, left);
            case "--commit" -> commit = value(word, left);
            case "--out" -> out = Path.of(value(word, left));
            case "--rounds" -> rounds = Integer.parseInt(value(word, left));
            default -> throw new IllegalArgumentException("what is " + word + "?");
        }
    }

    private static String value(String word, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return left.next();
    }

    String suiteClass() {
        return Objects.requireNonNull(suiteClass);
    }

    boolean plots() {
        return plots;
    }

    RunOptions options() {
        int asked = rounds > 0 ? rounds : shortForm ? SHORT_ROUNDS : ROUNDS;
        return new RunOptions(
                Objects.requireNonNull(suite),
                what,
                command,
                commit,
                asked,
                shortForm,
                Objects.requireNonNull(out).resolve(Objects.requireNonNull(suite)),
                rest);
    }
}

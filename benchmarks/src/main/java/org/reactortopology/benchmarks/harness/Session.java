package org.reactortopology.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a suite: what was asked for, and where its samples go. For one thread. */
public final class Session {

    private final RunOptions options;
    private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
    private final Map<Key, Target> targets = new LinkedHashMap<>();
    private final List<Division> divisions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private record Key(String load, @Nullable Point at, String subject, Unit unit) {}

    private record Division(Key of, Key to, @Nullable Target target) {}

    Session(RunOptions options) {
        this.options = options;
    }

    /** A run with all samples in memory, for tests and for a main of one's own. */
    public static Session of(String suite, int rounds, boolean shortForm, Path directory) {
        return new Session(new RunOptions(suite, "", "", null, rounds, shortForm, directory, List.of()));
    }

    /** Rounds that were asked for: 5 unless said otherwise, 3 in the short form. */
    public int rounds() {
        return options.rounds();
    }

    /** Whether everything together may take a few seconds only: fewer loads, fewer items, no warm-up that can be done without. */
    public boolean shortForm() {
        return options.shortForm();
    }

    /** Words that stood behind {@code --} on the command line. */
    public List<String> arguments() {
        return options.arguments();
    }

    /** Where the results will be; a suite may put files of its own there. It exists. */
    public Path directory() {
        return options.directory();
    }

    /** The load of that name; the order of first use is the order of the tables. */
    public Load load(String name) {
        return new Load(this, name, null);
    }

    /** Subjects that are measured by turns. */
    public Rounds byTurns() {
        return new Rounds(this);
    }

    /** A sentence below the tables. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Says on standard error how far it is. */
    @SuppressWarnings("SystemOut")
    public void progress(String words) {
        System.err.println(options.suite() + ": " + words);
    }

    List<Double> record(String load, @Nullable Point at, String subject, Unit unit) {
        return samples.computeIfAbsent(new Key(load, at, subject, unit), key -> new ArrayList<>());
    }

    void aim(String load, @Nullable Point at, String subject, Unit unit, Target target) {
        targets.put(new Key(load, at, subject, unit), target);
    }

    void divide(String load, @Nullable Point at, String of, String to, Unit unit, @Nullable Target target) {
        divisions.add(new Division(new Key(load, at, of, unit), new Key(load, at, to, unit), target));
    }

    /** In the order in which they were first recorded. */
    public List<Figure> figures() {
        return samples.entrySet().stream()
                .map(entry -> figure(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * In the order in which they were asked for.
     *
     * @throws IllegalStateException if one was asked of subjects that have no samples, or not as many as each other
     */
    public List<Ratio> ratios() {
        return divisions.stream().map(this::ratio).toList();
    }

    /** In the order in which they were made. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private Figure figure(Key key, List<Double> values) {
        return new Figure(key.load(), key.at(), key.subject(), key.unit(), values, targets.get(key));
    }

    private Ratio ratio(Division division) {
        Key of = division.of();
        Key to = division.to();
        List<Double> above = samples.getOrDefault(of, List.of());
        List<Double> below = samples.getOrDefault(to, List.of());
        if (above.isEmpty() || above.size() != below.size()) {
            throw new IllegalStateException(of.load() + ": the ratio of \"" + of.subject() + "\" with " + above.size()
                    + " samples in " + of.unit().symbol() + " to \"" + to.subject() + "\" with " + below.size()
                    + " needs as many of both");
        }
        List<Double> quotients = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            quotients.add(above.get(i) / below.get(i));
        }
        return new Ratio(of.load(), of.at(), of.subject(), to.subject(), of.unit(), quotients, division.target());
    }
}

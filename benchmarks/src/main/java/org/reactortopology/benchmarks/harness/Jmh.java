package org.reactortopology.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH benchmarks round by round, one fork each in every round, and adds each score as a sample. The suite's {@linkplain Session#arguments() arguments}
 * are options of JMH, such as {@code -wi 2 -i 3}. For one thread.
 */
public final class Jmh {

    private final Session session;
    private final Class<?> benchmarks;
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(Load load, String subject, Unit unit) {}

    private Jmh(Session session, Class<?> benchmarks) {
        this.session = session;
        this.benchmarks = benchmarks;
    }

    /** Runs benchmarks of that class. */
    public static Jmh of(Session session, Class<?> benchmarks) {
        return new Jmh(session, benchmarks);
    }

    /**
     * Adds a benchmark; those that are not added do not run.
     *
     * @param method its name, parameters left out
     * @param unit what JMH's score of it counts
     */
    public Jmh benchmark(String method, Load load, String subject, Unit unit) {
        places.put(method, new Place(load, subject, unit));
        return this;
    }

    /**
     * Runs so many rounds.
     *
     * @param options of JMH, such as {@code "-wi", "2", "-w", "1"}; those of the command line take their place
     */
    public void run(int rounds, String... options) throws RunnerException, CommandLineOptionException {
        String include = Pattern.quote(benchmarks.getName()) + "\\.(" + String.join("|", places.keySet()) + ")$";
        List<String> asked = session.arguments();
        CommandLineOptions parent = new CommandLineOptions(asked.isEmpty() ? options : asked.toArray(String[]::new));
        for (int round = 1; round <= rounds; round++) {
            session.progress("round " + round + " of " + rounds + ": " + benchmarks.getSimpleName());
            new Runner(new OptionsBuilder()
                            .parent(parent)
                            .include(include)
                            .forks(1)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()
                    .forEach(this::add);
        }
    }

    private void add(RunResult result) {
        String name = result.getParams().getBenchmark();
        Place place = places.get(name.substring(name.lastIndexOf('.') + 1));
        if (place != null) {
            double score = result.getPrimaryResult().getScore();
            session.progress(place.load() + ": " + place.subject() + ": " + Numbers.text(score) + " "
                    + place.unit().symbol());
            place.load().sample(place.subject(), place.unit(), score);
        }
    }
}

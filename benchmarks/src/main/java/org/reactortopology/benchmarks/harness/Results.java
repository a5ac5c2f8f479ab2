package org.reactortopology.benchmarks.harness;

import java.util.List;

/**
 * All that one run of a suite gave; {@code results.json} is this record, see {@link ResultsFile}.
 *
 * @param schema version of the file's form, now {@value #SCHEMA}
 * @param suite its name
 * @param what one sentence about it
 * @param command that gives such results
 * @param shortForm whether it was the short form, which is never held against the long one
 * @param rounds of each load, where the suite takes samples by turns
 * @param started date and time, ISO 8601 in UTC
 * @param seconds that it took
 * @param loadBefore load average of the machine over the minute before it began, below 0 if unknown
 */
public record Results(
        int schema,
        String suite,
        String what,
        String command,
        boolean shortForm,
        int rounds,
        String started,
        double seconds,
        double loadBefore,
        Machine machine,
        Versions versions,
        List<Figure> figures,
        List<Ratio> ratios,
        List<String> notes) {

    /** Version of the file's form. */
    public static final int SCHEMA = 1;

    /** Copies the lists. */
    public Results {
        figures = List.copyOf(figures);
        ratios = List.copyOf(ratios);
        notes = List.copyOf(notes);
    }
}

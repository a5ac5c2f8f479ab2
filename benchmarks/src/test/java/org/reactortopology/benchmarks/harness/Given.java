package org.reactortopology.benchmarks.harness;

import java.util.Arrays;
import java.util.List;

/** Results for tests. */
final class Given {

    static final Machine MACHINE = new Machine("a processor", 2, 4096, "Linux 6");

    private Given() {}

    static Figure figure(String load, String subject, Unit unit, Double... samples) {
        return new Figure(load, null, subject, unit, Arrays.asList(samples), null);
    }

    static Results results(List<Figure> figures, List<Ratio> ratios) {
        return results(MACHINE, false, figures, ratios);
    }

    static Results results(Machine machine, boolean shortForm, List<Figure> figures, List<Ratio> ratios) {
        return new Results(
                Results.SCHEMA,
                "echo",
                "Items there and back.",
                "benchmarks/run echo",
                shortForm,
                3,
                "2026-11-23T01:02:03Z",
                1.5,
                0.25,
                machine,
                new Versions("17.0.1", "0.1.0", "abc"),
                figures,
                ratios,
                List.of("A note."));
    }
}

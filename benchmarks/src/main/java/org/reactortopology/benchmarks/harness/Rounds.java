package org.reactortopology.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures subjects by turns, A B A B, so that a machine whose speed drifts treats them alike and so that their ratios can be taken within a round. For
 * one thread.
 */
public final class Rounds {

    private final Session session;
    private final List<Place> places = new ArrayList<>();
    private int warmUps;

    private record Place(Load load, String subject, Turn turn) {}

    Rounds(Session session) {
        this.session = session;
    }

    /** Adds a subject behind those that were added before. */
    public Rounds turn(Load load, String subject, Turn turn) {
        places.add(new Place(load, subject, turn));
        return this;
    }

    /** Rounds before the first whose values are thrown away: 0 unless set, for whole processes need none. */
    public Rounds warmUps(int rounds) {
        warmUps = rounds;
        return this;
    }

    /** Runs as many rounds as were asked for. */
    public void run() throws Exception {
        run(session.rounds());
    }

    /** Runs so many rounds; every value becomes a sample of its load. */
    public void run(int rounds) throws Exception {
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Place place : places) {
                Sample sample = new Sample();
                place.turn().run(sample);
                String name = round > 0 ? "round " + round + " of " + rounds : "warm-up";
                session.progress(name + ": " + place.load() + ": " + place.subject() + ": " + text(sample));
                if (round > 0) {
                    sample.values().forEach((unit, value) -> place.load().sample(place.subject(), unit, value));
                }
            }
        }
    }

    private static String text(Sample sample) {
        return sample.values().entrySet().stream()
                .map(entry ->
                        Numbers.text(entry.getValue()) + " " + entry.getKey().symbol())
                .collect(Collectors.joining(", "));
    }
}

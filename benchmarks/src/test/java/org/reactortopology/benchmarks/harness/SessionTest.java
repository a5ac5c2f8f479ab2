package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final Session session = Session.of("echo", 3, false, Path.of("unused"));

    @Test
    void measuresByTurnsAndForgetsTheWarmUp() throws Exception {
        List<String> order = new ArrayList<>();
        Load load = session.load("64 B");

        session.byTurns()
                .warmUps(1)
                .turn(load, "a", into -> into.add(Unit.SECONDS, turn(order, "a")))
                .turn(load, "b", into -> into.add(Unit.SECONDS, turn(order, "b")))
                .run();

        assertThat(order).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
        assertThat(session.figures())
                .containsExactly(
                        Given.figure("64 B", "a", Unit.SECONDS, 3.0, 5.0, 7.0),
                        Given.figure("64 B", "b", Unit.SECONDS, 4.0, 6.0, 8.0));
    }

    private static double turn(List<String> order, String name) {
        order.add(name);
        return order.size();
    }

    @Test
    void takesRatiosWithinTheRounds() {
        Load load = session.load("64 B");
        for (double speed : new double[] {1, 10, 100}) {
            load.sample("ours", Unit.SECONDS, 3 * speed).sample("theirs", Unit.SECONDS, speed);
        }

        load.ratio("ours", "theirs", Unit.SECONDS, Target.atMost(4));

        assertThat(session.ratios())
                .containsExactly(new Ratio(
                        "64 B", null, "ours", "theirs", Unit.SECONDS, List.of(3.0, 3.0, 3.0), Target.atMost(4)));
    }

    @Test
    void refusesARatioOfUnlikeNumbersOfSamples() {
        session.load("64 B")
                .sample("ours", Unit.SECONDS, 1)
                .sample("ours", Unit.SECONDS, 1)
                .sample("theirs", Unit.SECONDS, 1)
                .ratio("ours", "theirs", Unit.SECONDS);

        assertThatThrownBy(session::ratios)
                .hasMessageContaining("\"ours\" with 2")
                .hasMessageContaining("as many");
    }

    @Test
    void keepsPointsOfACurveApart() {
        Load load = session.load("growth");
        load.at(10, "items").sample("ours", Unit.SECONDS, 1).target("ours", Unit.SECONDS, Target.atMost(2));
        load.at(100, "items").sample("ours", Unit.SECONDS, 2);

        assertThat(session.figures())
                .extracting(Figure::at)
                .containsExactly(new Point(10, "items"), new Point(100, "items"));
        assertThat(session.figures()).extracting(Figure::target).containsExactly(Target.atMost(2), null);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> session.load("64 B").sample("ours", Unit.SECONDS, Double.NaN))
                .hasMessageContaining("64 B, ours: NaN s");
    }
}

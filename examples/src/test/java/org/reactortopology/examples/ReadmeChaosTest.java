package org.reactortopology.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.test.Chaos;
import org.reactortopology.test.LeakCheck;

/** The test with real processes that the README shows. */
@Timeout(120)
class ReadmeChaosTest {

    private final TopologyExecutor executor = MultiProcessExecutor.builder()
            .workers(2)
            .threads(1)
            .heap(64L * 1024 * 1024)
            .build();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
    }

    @Test
    void everyKeyHasItsOutcomeWhateverDies() {
        // readme:begin
        Chaos chaos = Chaos.seeded(42) // printed with all that is done
                .crashOn("17") // a real SIGSEGV in the worker that gets the item
                .hangOn("99") // ignores interrupts, so that only its deadline helps
                .killEvery(ofMillis(500)); // kill -9 of some worker
        TopologyRun<Long> run = executor.run(chaos.in(Topology.from(Squares.class, 1000L)));
        try (Chaos.Session session = chaos.start(run)) {
            assertThat(run.outcomes().collectMap(Outcome::key).block())
                    .as(session.toString())
                    .hasSize(1000)
                    .hasEntrySatisfying("17", of17 -> assertThat(of17).isInstanceOf(Outcome.Crashed.class))
                    .hasEntrySatisfying("99", of99 -> assertThat(of99).isInstanceOf(Outcome.TimedOut.class));
        }
        // readme:end
    }

    /** Squares of the numbers below the parameter. */
    static final class Squares implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long numbers) {
            return Topology.named("squares")
                    .source("numbers", Series.range(0, numbers, 1))
                    .map("square", cpu((Long n) -> n * n).timeout(ofSeconds(2)))
                    .build();
        }
    }
}

package org.reactortopology.examples;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Halt.failedShare;
import static org.reactortopology.Work.cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The README's run that is ended, as it stands there. */
class ReadmeEndTest {

    @Test
    @Timeout(60)
    void anEndlessRunIsDrained() {
        // readme:begin
        Topology<Long> squares = Topology.named("squares")
                .haltWhen(failedShare(0.05, 100)) // or failures(3); .now() does not wait for what is in flight
                .source("numbers", Series.range(0, Long.MAX_VALUE, 1))
                .map("square", cpu((Long n) -> n * n))
                .build();
        TopologyRun<Long> run = ParallelExecutor.create().run(squares);
        Flux<Outcome<Long>> outcomes = run.outcomes().doOnNext(outcome -> {
            if (outcome.index() == 1000) {
                Mono<RunReport> report = run.drain(ofSeconds(30)); // from anywhere: calling it is enough
            }
        });
        // readme:end
        RunReport report = outcomes.then(run.report()).block();

        assertThat(report.summary()).contains("drained", " 0 unfinished");
        assertThat(report.counts().done()).isGreaterThan(1000);
    }
}

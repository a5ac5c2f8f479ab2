package org.reactortopology;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

class FingerprintTest {

    private static final Work<Long, Long> CPU = Work.cpu(n -> n);
    private static final Series<Long> TEN = Series.range(0, 10, 1);

    @Test
    void equalGraphsHaveEqualFingerprints() {
        assertThat(base().build().fingerprint())
                .matches("[0-9a-f]{64}")
                .isEqualTo(base().build().fingerprint())
                .isEqualTo(base().build().plan().fingerprint());
    }

    @Test
    void whatOnlyTheCoordinatorDoesIsNoPartOfIt() {
        assertThat(begin(Topology.named("t").types(Path.class).stopOnFailure())
                        .build()
                        .fingerprint())
                .isEqualTo(base().build().fingerprint());
    }

    @Test
    void everyChangeOfTheGraphChangesIt() {
        List<Stage<Long>> graphs = List.of(
                base(),
                begin(Topology.named("u").types(Path.class)),
                begin(Topology.named("t")),
                begin(Topology.named("t").types(Path.class, Set.class)),
                source("other", TEN).map("w", CPU).queue(Capacity.bounded(2)).map("v", CPU),
                source("s", Series.range(0, 11, 1))
                        .map("w", CPU)
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN.slice(0, 5, 1))
                        .map("w", CPU)
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                named().source("s", Flux.just(1L), Object::toString)
                        .map("w", CPU)
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN)
                        .partition(Partitioning.CONTIGUOUS)
                        .map("w", CPU)
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN).map("x", CPU).queue(Capacity.bounded(2)).map("v", CPU),
                source("s", TEN).map("v", CPU).queue(Capacity.bounded(2)).map("w", CPU),
                source("s", TEN)
                        .map("w", Work.io(n -> n))
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN)
                        .map("w", Work.async(Flux::just))
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN)
                        .map("w", CPU.concurrency(1))
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                source("s", TEN)
                        .map("w", CPU.concurrency(2))
                        .queue(Capacity.bounded(2))
                        .map("v", CPU),
                limited(CPU.timeout(ofSeconds(1))),
                limited(CPU.timeout(ofSeconds(2))),
                limited(CPU.silence(ofSeconds(1))),
                limited(CPU.silence(ofSeconds(2))),
                limited(CPU.retry(Retry.max(1))),
                limited(CPU.retry(RetryPolicy.failures(1))),
                limited(CPU.retry(RetryPolicy.timeouts(1))),
                limited(CPU.retry(RetryPolicy.crashes(1))),
                limited(CPU.retry(RetryPolicy.crashes(1).escalate(2))),
                limited(CPU.retry(RetryPolicy.crashes(1).backoff(ofSeconds(1), ofSeconds(2)))),
                source("s", TEN).map("w", CPU).queue(Capacity.bounded(3)).map("v", CPU),
                source("s", TEN).map("w", CPU).map("v", CPU),
                source("s", TEN).queue(Capacity.bounded(2)).map("w", CPU).map("v", CPU),
                source("s", TEN).map("w", CPU).map("v", CPU).queue(Capacity.bounded(2)),
                source("s", TEN).map("w", CPU));

        Set<String> fingerprints = new HashSet<>();
        graphs.forEach(graph -> fingerprints.add(graph.build().fingerprint()));

        assertThat(fingerprints).hasSameSizeAs(graphs);
    }

    @Test
    void namesThatLookLikeTheGraphAreNotTakenForIt() {
        assertThat(source("s", TEN).map("a CPU default\nwork b", CPU).build().fingerprint())
                .isNotEqualTo(
                        source("s", TEN).map("a", CPU).map("b", CPU).build().fingerprint());
    }

    private static Stage<Long> base() {
        return begin(named());
    }

    private static Stage<Long> begin(TopologyBuilder builder) {
        return builder.source("s", TEN).map("w", CPU).queue(Capacity.bounded(2)).map("v", CPU);
    }

    private static Stage<Long> limited(Work<Long, Long> work) {
        return source("s", TEN).map("w", work).queue(Capacity.bounded(2)).map("v", CPU);
    }

    private static Stage<Long> source(String name, Series<Long> series) {
        return named().source(name, series);
    }

    private static TopologyBuilder named() {
        return Topology.named("t").types(Path.class);
    }
}

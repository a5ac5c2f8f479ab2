package org.reactortopology.examples;

import static java.time.Duration.ofSeconds;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.Aggregate;
import org.reactortopology.Topology;
import org.reactortopology.test.AggregateLaws;
import org.reactortopology.test.Faults;
import org.reactortopology.test.InjectedFault;
import org.reactortopology.test.TopologyVerifier;
import reactor.core.publisher.Mono;

/** The test that the README shows: what stands between the markers is compared with it, and runs here. */
class ReadmeVerifierTest {

    private final Aggregate<Long, long[], Long> total = Aggregate.of(
            "total",
            () -> new long[1],
            (sum, price) -> {
                sum[0] += price;
                return sum;
            },
            (a, b) -> new long[] {a[0] + b[0]},
            sum -> sum[0]);

    private final Topology<Long> prices = Topology.named("prices")
            .input("fruits", String.class, fruit -> fruit)
            .map("parse", cpu((String amount) -> Long.parseLong(amount)))
            .map("ask", async((Long amount) -> Mono.just(100 * amount)).timeout(ofSeconds(30)))
            .aggregate(total)
            .build();

    @Test
    void everyFruitHasItsPriceOrItsFault() {
        // readme:begin
        TopologyVerifier.of(prices) // on this thread, one item after the other; .with(executor) runs it on any other
                .withVirtualTime()
                .faults(Faults.none()
                        .failOn("parse", "pear")
                        .hangOn("ask", "fig")) // the topology itself stays as it is
                .thenGive("apple", "3")
                .thenGive("pear", "4")
                .thenGive("fig", "5")
                .expectDone("apple", 300L)
                .expectFailed("pear", "parse", InjectedFault.class)
                .thenAwait(ofSeconds(30)) // takes no time
                .expectTimedOut("fig", "ask")
                .expectComplete()
                .expectResult(total, 300L)
                .expectNoLeak()
                .verify();
        AggregateLaws.check(total, List.of(1L, 20L, 300L)); // however lanes and workers share the values
        // readme:end
    }
}

package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

class DrawingTest {

    private final Topology<Long> topology = Topology.named("small")
            .source("numbers", Series.range(0, 10, 2))
            .partition(Partitioning.contiguous())
            .map("square", Work.<Long, Long>cpu(n -> n * n).concurrency(3))
            .queue(Capacity.bounded(8))
            .map("store", Work.<Long, Long>io(n -> n))
            .build();

    private final Topology<Long> awkward = Topology.named("a \"b\" \\ [c]")
            .source("<in> & \"out\"", Flux.just(1L), Object::toString)
            .map("x[0] -> (y) {z} | #35; `m`\nnext", Work.<Long, Long>async(Flux::just))
            .build();

    @Test
    void asText() {
        assertThat(topology.describe()).isEqualTo("""
                        topology 'small'
                          numbers  [source range(0, 10, 2), contiguous]
                          square  [cpu, 3 at once]
                          | queue  [at most 8 items]
                          store  [io]
                          output
                        """);
        assertThat(topology).hasToString("Topology[small]");
    }

    @Test
    void theLimitsOfAWork() {
        Work<Long, Long> work = Work.cpu(n -> n);
        Topology<Long> limited = Topology.named("limited")
                .source("numbers", Series.range(0, 10, 1))
                .map("both", work.timeout(Duration.ofSeconds(2)).silence(Duration.ofMillis(500)))
                .map("again", work.retry(RetryPolicy.failures(3).andTimeouts(1).andCrashes(2)))
                .map("once", work.retry(RetryPolicy.none()))
                .map("spec", work.retry(Retry.max(1)))
                .build();

        assertThat(limited.describe()).contains("""
                  both  [cpu, at most 2000 ms, silent at most 500 ms]
                  again  [cpu, retried after 3 failures and 1 timeout and 2 crashes]
                  once  [cpu]
                  spec  [cpu, retried]
                """);
    }

    @Test
    void asDot() {
        assertThat(topology.toDot()).isEqualTo("""
                        digraph "small" {
                          rankdir=LR;
                          n0 [label="numbers\\nsource range(0, 10, 2), contiguous", shape=ellipse];
                          n1 [label="square\\ncpu, 3 at once", shape=box];
                          n2 [label="queue\\nat most 8 items", shape=cds];
                          n3 [label="store\\nio", shape=box];
                          output [shape=plaintext];
                          n0 -> n1;
                          n1 -> n2;
                          n2 -> n3;
                          n3 -> output;
                        }
                        """);
    }

    @Test
    void asMermaid() {
        assertThat(topology.toMermaid()).isEqualTo("""
                        flowchart LR
                          n0(["numbers<br/>source range(0, 10, 2), contiguous"])
                          n1["square<br/>cpu, 3 at once"]
                          n2[("queue<br/>at most 8 items")]
                          n3["store<br/>io"]
                          output((output))
                          n0 --> n1
                          n1 --> n2
                          n2 --> n3
                          n3 --> output
                        """);
    }

    @Test
    void namesAreEscapedInDot() {
        assertThat(awkward.toDot()).startsWith("""
                        digraph "a \\"b\\" \\\\ [c]" {
                          rankdir=LR;
                          n0 [label="<in> & \\"out\\"\\nsource publisher, on-demand", shape=ellipse];
                          n1 [label="x[0] -> (y) {z} | #35; `m`\\nnext\\nasync", shape=box];
                        """);
    }

    @Test
    void namesAreEscapedInMermaid() {
        assertThat(awkward.toMermaid()).startsWith("""
                        flowchart LR
                          n0(["&lt;in&gt; &amp; &quot;out&quot;<br/>source publisher, on-demand"])
                          n1["x[0] -&gt; (y) {z} | #35;35; `m`<br/>next<br/>async"]
                        """);
    }
}

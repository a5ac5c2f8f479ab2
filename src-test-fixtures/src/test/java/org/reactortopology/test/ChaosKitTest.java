package org.reactortopology.test;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.test.ChaosFault.Kind;

/** The kit itself, on a process that looks like a worker: what it does to real ones is tested where they are. */
@Timeout(60)
class ChaosKitTest {

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory =
                Files.createTempDirectory("rtopology-" + ProcessHandle.current().pid() + "-");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("chaos");
        Files.deleteIfExists(directory.resolve("s"));
        Files.delete(directory);
    }

    @Test
    void killsWorkersAndNobodyElse() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        Process worker = worker();
        try (Chaos.Session session = Chaos.seeded(1).killEvery(ofMillis(1)).start()) {
            assertThat(worker.waitFor()).isEqualTo(128 + 9);
            // a worker that takes its time to die may be killed again
            Awaitility.await().until(() -> session.report().count("kill") > 0);
            assertThat(session.report().latest().get(0).pid()).isEqualTo(worker.pid());
            assertThat(session).hasToString(session.report().toString());
            assertThat(session.report().toString()).contains("seed 1").contains("kill " + worker.pid());
        }
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly().waitFor();
    }

    @Test
    void theFrozenGoOnWhenTheSessionEnds() throws Exception {
        Process worker = worker();
        try (Chaos.Session session =
                Chaos.seeded(2).freezeEvery(ofMillis(1), ofMillis(600_000)).start()) {
            Awaitility.await().until(() -> session.report().count("freeze") == 1);
            assertThat(state(worker)).isEqualTo("T");
        }
        assertThat(state(worker)).isNotEqualTo("T");
        worker.destroyForcibly().waitFor();
    }

    @Test
    void theFrozenGoOnAfterTheirTime() throws Exception {
        Process worker = worker();
        try (Chaos.Session session =
                Chaos.seeded(3).slowSocket(ofMillis(1), ofMillis(1)).start()) {
            Awaitility.await().until(() -> session.report().count("thaw") >= 3);
        }
        worker.destroyForcibly().waitFor();
    }

    @Test
    void strangersConnectToTheSocket() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
            try (Chaos.Session session =
                    Chaos.seeded(4).garbageOnSocket(ofMillis(1)).start()) {
                server.accept().close();
                Awaitility.await().until(() -> session.report().count("garbage") >= 10);
            }
        }
    }

    @Test
    void nobodyIsKilledBeforeTheRunHasGotOn() throws Exception {
        Process worker = worker();
        var run = SequentialExecutor.create()
                .run(Topology.named("t")
                        .source("n", Series.range(0, 3, 1))
                        .map("w", cpu((Long n) -> n))
                        .build());
        try (Chaos.Session session = Chaos.seeded(5).killEvery(ofMillis(1)).start(run)) {
            Awaitility.await().until(() -> session.report().count("spared") >= 10);
            assertThat(worker.isAlive()).isTrue();
            run.outcomes().blockLast();
            assertThat(worker.waitFor()).isEqualTo(128 + 9);
        }
    }

    @Test
    void theSeedSettlesWhichKeysAreHit() {
        ChaosFault fault = ChaosFault.ofShare(Kind.HANG, 0.1);
        List<String> keys =
                IntStream.range(0, 10_000).mapToObj(Integer::toString).toList();

        List<String> hit = keys.stream().filter(key -> fault.hits(7, key)).toList();

        assertThat(hit).hasSizeBetween(850, 1150);
        assertThat(keys.stream().filter(key -> fault.hits(7, key)).toList()).isEqualTo(hit);
        assertThat(keys.stream().filter(key -> fault.hits(8, key)).toList()).isNotEqualTo(hit);
    }

    @Test
    void noItemEndsTheJvmOfTheTestAndAFullStackFailsHere() {
        Chaos chaos = Chaos.seeded(6)
                .crashOn("0")
                .killOn("1")
                .exitOn("2", 1)
                .haltOn("3", 1)
                .oomOn("4")
                .overflowOn("5");
        Topology<Long> topology = chaos.in(Topology.from(Numbers.class, 7L));

        List<Outcome<Long>> outcomes = SequentialExecutor.create()
                .run(topology)
                .outcomes()
                .collectList()
                .block();

        assertThat(topology.origin()).isPresent();
        assertThat(topology.fingerprint())
                .isEqualTo(Topology.from(Numbers.class, 7L).fingerprint());
        assertThat(outcomes)
                .hasSize(7)
                .filteredOn(Outcome::isFailure)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.key()).isEqualTo("5");
                    assertThat(((Outcome.Failed<Long>) failed).causeType())
                            .isEqualTo(StackOverflowError.class.getName());
                });
    }

    @Test
    void faultsThatAreDataKeepTheOriginAndFunctionsLoseIt() {
        Topology<Long> topology = Topology.from(Numbers.class, 7L);
        Faults data =
                Faults.none().failOn("double", "1").failFirst("double", "2", 1).delayAll("double", ofMillis(1));

        assertThat(data.apply(topology).origin()).isPresent();
        assertThat(data.failWith("double", "3", IOException::new)
                        .apply(topology)
                        .origin())
                .isEmpty();
    }

    @Test
    void aWorkThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> Chaos.seeded(8).hangOn("1").inWorks("duoble").in(Topology.from(Numbers.class, 7L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no work 'duoble'")
                .hasMessageContaining("[double]");
    }

    /** Waits for input; its command line names an argument file as that of a worker does. */
    private Process worker() throws IOException {
        return new ProcessBuilder("sh", "-c", "read line", "@" + directory.resolve("args")).start();
    }

    private static String state(Process process) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(process.pid())).start();
        String state = new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        ps.waitFor();
        return state.substring(0, 1);
    }

    /** Doubles. */
    static final class Numbers implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long items) {
            return Topology.named("numbers")
                    .source("numbers", Series.range(0, items, 1))
                    .map("double", cpu((Long n) -> 2 * n))
                    .build();
        }
    }
}

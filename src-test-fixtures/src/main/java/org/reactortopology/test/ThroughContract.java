package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.DuplicateKeyException;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What every executor does as an operator of a flux. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class ThroughContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String probe = UUID.randomUUID().toString();

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    /** Most elements that a run takes ahead of its outcomes. */
    protected long inFlight() {
        return 128;
    }

    /** Numbers from outside, plus one. Public because child JVMs build it too. */
    public static final class Numbers implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String name) {
            return Topology.named(name)
                    .input("numbers", Long.class, Object::toString)
                    .map("add", cpu(n -> n + 1))
                    .build();
        }
    }

    /** Pairs of numbers from outside. Public because child JVMs build it too. */
    public static final class Neighbours implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String name) {
            return Topology.named(name)
                    .input("numbers", Long.class, n -> Long.toString(n % 1000))
                    .pairs("pair")
                    .map("add", cpu(pair -> pair.first() + pair.second()))
                    .build();
        }
    }

    /** Not an operator. Public because child JVMs build it too. */
    public static final class OwnSource implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String name) {
            return Topology.named(name)
                    .source("numbers", Flux.just(1L), n -> Long.toString(n))
                    .map("add", cpu(n -> n + 1))
                    .build();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aFiniteFluxHasAnOutcomeForEachElementInEverySubscription() {
        Flux<Outcome<Long>> outcomes = through(numbers(500));

        for (int i = 0; i < 2; i++) {
            StepVerifier.create(outcomes).expectNextCount(500).expectComplete().verify(PATIENCE);
        }
    }

    @Test
    void demandAndCancellationReachAnEndlessFlux() {
        SourceProbe source = SourceProbe.named(probe);
        Flux<Long> watched = source.watch(numbers(Long.MAX_VALUE));

        StepVerifier.create(through(watched), 0)
                .thenRequest(10)
                .expectNextCount(10)
                .then(() -> assertThat(source.emitted()).isLessThanOrEqualTo(10 + inFlight()))
                .thenRequest(3000)
                .expectNextCount(3000)
                .thenCancel()
                .verify(PATIENCE);

        Awaitility.await().atMost(PATIENCE).until(() -> source.cancellations() == 1);
    }

    @Test
    void anEndlessFluxIsDrainedByTheRunThatIsGiven() {
        SourceProbe source = SourceProbe.named(probe);
        List<TopologyRun<Long>> runs = new CopyOnWriteArrayList<>();
        Topology<Long> topology = Topology.from(Numbers.class, "through");
        Flux<Outcome<Long>> outcomes =
                source.watch(numbers(Long.MAX_VALUE)).transform(executor().<Long, Long>through(topology, runs::add));
        AtomicLong seen = new AtomicLong();

        StepVerifier.create(outcomes.doOnNext(outcome -> seen.incrementAndGet()), 0)
                .thenRequest(20)
                .expectNextCount(20)
                .then(() -> runs.get(0).drain(PATIENCE))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(outcome -> outcome instanceof Outcome.Done)
                .expectComplete()
                .verify(PATIENCE);

        RunReport report = Objects.requireNonNull(runs.get(0).report().block(PATIENCE));
        assertThat(runs).hasSize(1);
        assertThat(report.state()).isEqualTo(RunState.DRAINED);
        assertThat(report.counts().unfinished()).isZero();
        assertThat(report.counts().taken()).isEqualTo(seen.get());
        Awaitility.await().atMost(PATIENCE).until(() -> source.cancellations() == 1);
        assertThat(source.emitted()).isBetween(seen.get(), seen.get() + 1);
    }

    @Test
    void aKeyMayComeAgainAfterItsOutcome() {
        Sinks.Many<Long> numbers = Sinks.many().unicast().onBackpressureBuffer();

        StepVerifier.create(through(numbers.asFlux()))
                .then(() -> numbers.tryEmitNext(5L))
                .expectNextCount(1)
                .then(() -> numbers.tryEmitNext(5L))
                .expectNextCount(1)
                .then(numbers::tryEmitComplete)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void anErrorComesAfterAllOutcomes() {
        StepVerifier.create(through(numbers(40).concatWith(Flux.error(new IllegalStateException("it broke")))))
                .expectNextCount(40)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(TopologyException.class).hasRootCauseMessage("it broke"))
                .verify(PATIENCE);
    }

    @Test
    void aKeyThatIsStillUnderWayIsRefused() {
        // the first waits for its neighbour
        Topology<Long> pairs = Topology.from(Neighbours.class, "neighbours");

        StepVerifier.create(Flux.just(1L, 1001L, 2L).transform(executor().<Long, Long>through(pairs)))
                .expectNextMatches(outcome -> outcome.key().equals("1") && outcome instanceof Outcome.Skipped)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DuplicateKeyException.class)
                        .hasMessageContaining("'1'"))
                .verify(PATIENCE);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // an element of another class is what is shown
    void anElementOfAnotherClassIsNamed() {
        Flux<Long> wrong = (Flux) Flux.just("text");

        StepVerifier.create(through(wrong))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TopologyException.class)
                        .hasMessageContaining("java.lang.String"))
                .verify(PATIENCE);
    }

    @Test
    void aTopologyWithASourceOfItsOwnIsRefused() {
        Topology<Long> own = Topology.from(OwnSource.class, "own");

        assertThatThrownBy(() -> executor().through(own))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("not supplied from outside");
    }

    private Flux<Outcome<Long>> through(Flux<Long> numbers) {
        Topology<Long> topology = Topology.from(Numbers.class, "through");
        return numbers.transform(executor().<Long, Long>through(topology));
    }

    private static Flux<Long> numbers(long items) {
        return Flux.defer(() -> {
            AtomicLong next = new AtomicLong();
            return Flux.<Long>generate(sink -> sink.next(next.getAndIncrement()))
                    .take(items);
        });
    }
}

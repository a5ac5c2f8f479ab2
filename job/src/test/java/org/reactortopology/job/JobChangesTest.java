package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import org.junit.jupiter.api.Test;
import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What a later run of a job may differ in, and what it needs of the earlier ones. */
class JobChangesTest extends JobOfSquares {

    @Test
    void otherParametersAreRefusedUnlessAllowed() {
        run(JobMode.FRESH, Squares.of(6));
        Topology<Long> other = Topology.from(Squares.class, new Squares.Params(6, 1));

        assertThatThrownBy(() -> run(JobMode.RESUME, other))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("parameter offset: 0 -> 1")
                .hasMessageContaining("allowChanges()");
        assertThat(run(JobMode.RESUME, Job::allowChanges, other).report().state())
                .isEqualTo(RunState.COMPLETED);
    }

    @Test
    void anotherGraphIsRefusedWithItsDifference() {
        run(JobMode.FRESH, plain("work"));

        assertThatThrownBy(() -> run(JobMode.RESUME, plain("other-work")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("- ")
                .hasMessageContaining("other-work");
    }

    @Test
    void stateAcrossKeysIsRefusedOnceKeysAreSettled() {
        run(JobMode.FRESH, sum(false));

        assertThatThrownBy(() -> run(JobMode.RESUME, sum(false)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("aggregate 'sum'")
                .hasMessageContaining("keepValues()")
                .hasMessageContaining("RECOMPUTE");
        assertThat(run(JobMode.RECOMPUTE, sum(false)).report().results()).containsEntry("sum", 45L);
    }

    @Test
    void keptValuesComeBackToAnAggregate() {
        Squares.FAILING.add(3L);
        Run first = run(JobMode.FRESH, sum(true));
        assertThat(first.report().results()).containsEntry("sum", 285L - 9);
        Squares.FAILING.clear();
        Squares.calls();

        Run run = run(JobMode.RESUME, sum(true));

        assertThat(Squares.calls()).containsExactly(3L);
        assertThat(run.skipped("already done")).hasSize(9);
        assertThat(run.report().results()).containsEntry("sum", 285L);
        assertThat(states())
                .hasSize(10)
                .allSatisfy((key, state) -> assertThat(state).isZero());
    }

    @Test
    void valuesThatWereNotKeptWhenTheirKeysWereDoneBreakTheRun() {
        run(JobMode.FRESH, sum(false));

        assertThatThrownBy(() -> run(JobMode.RESUME, Job::allowChanges, sum(true)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("no value is kept for key '")
                .hasMessageContaining("RECOMPUTE");
    }

    @Test
    void whatTheTopologyLeavesOutHasNoValueToKeep() {
        Topology<Long> odd = Topology.named("odd")
                .types(Long.class)
                .source("numbers", Series.range(0, 10, 1))
                .filter("odd", cpu(n -> n % 2 == 1))
                .keepValues()
                .aggregate(Aggregate.of("sum", () -> new long[1], JobOfSquares::add, JobOfSquares::both, a -> a[0]))
                .build();
        run(JobMode.FRESH, odd);

        assertThat(run(JobMode.RESUME, odd).report().results()).containsEntry("sum", 25L);
    }

    @Test
    void aKeyOfASuppliedInputMayComeAgainAfterItsEnd() {
        Topology<Long> topology = Topology.named("input")
                .input("numbers", Long.class, n -> Long.toString(n % 2))
                .map("double", cpu(n -> 2 * n))
                .build();
        Sinks.Many<Long> numbers = Sinks.many().unicast().onBackpressureBuffer();
        Flux<Outcome<Long>> outcomes =
                numbers.asFlux().transform(job(JobMode.FRESH).through(topology));

        StepVerifier.create(outcomes)
                .then(() -> numbers.tryEmitNext(1L))
                .expectNext(new Outcome.Done<>("1", 0, 2L))
                .then(() -> numbers.tryEmitNext(3L))
                .expectNext(new Outcome.Done<>("1", 1, 6L))
                .then(numbers::tryEmitComplete)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(Rows.of(directory, "SELECT key, idx, attempts FROM item")).containsExactly("1|1|2");
    }
}

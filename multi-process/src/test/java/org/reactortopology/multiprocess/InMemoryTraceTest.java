package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.PoisonTopology.Params;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;
import org.reactortopology.spi.ItemTrace;

class InMemoryTraceTest extends TraceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }

    @AfterEach
    void healed() {
        PoisonTopology.ENDLESS.set(false);
        PoisonTopology.ONCE.clear();
    }

    /** One item runs at a time, so nobody but the killer was begun in vain. */
    @Test
    void anAttemptThatDiedWithItsWorkerCounts() {
        PoisonTopology.ONCE.add(5L);
        ToldTraces told = new ToldTraces();
        run(new Params(20, List.of(), Partitioning.ON_DEMAND, false, false), told);

        assertThat(told.keys()).hasSize(20);
        told.keys().forEach(key -> assertThat(told.of(key).attempts()).as(key).isEqualTo(key.equals("5") ? 2 : 1));
        assertThat(told.of("5").worker()).isEqualTo(Collections.max(started()));
        assertThat(told.of("5").nanos()[0]).isPositive();
    }

    @Test
    void whatCrashedHasItsAttemptsAndItsLastWorker() {
        ToldTraces told = new ToldTraces();
        Map<String, Outcome<Long>> outcomes =
                run(new Params(20, List.of(5L), Partitioning.ON_DEMAND, false, false), told);

        ItemTrace trace = told.of("5");
        assertThat(outcomes.get("5"))
                .isInstanceOfSatisfying(
                        Outcome.Crashed.class,
                        crashed -> assertThat(trace.attempts()).isEqualTo(crashed.attempts()));
        assertThat(trace.worker()).isIn(started()).isNotEqualTo(Collections.min(started()));
        assertThat(told.keys()).hasSize(20);
    }

    @Test
    void whatWasEndedWithItsWorkerHasItsAttemptsAndItsLastWorker() {
        PoisonTopology.ENDLESS.set(true);
        ToldTraces told = new ToldTraces();
        Map<String, Outcome<Long>> outcomes =
                run(new Params(20, List.of(), Partitioning.ON_DEMAND, false, false, List.of(10L)), told);

        assertThat(outcomes.get("10")).isInstanceOf(Outcome.TimedOut.class);
        assertThat(told.of("10").attempts()).isOne();
        assertThat(told.of("10").worker()).isEqualTo(Collections.min(started()));
        assertThat(told.of("11").attempts()).isOne();
        assertThat(told.keys()).hasSize(20);
    }

    @Test
    void childrenThatComeAgainAreToldOnce() {
        PoisonTopology.ONCE.add(5L);
        ToldTraces told = new ToldTraces();
        run(new Params(20, List.of(), Partitioning.ON_DEMAND, false, true), told);

        assertThat(told.keys()).hasSize(60);
        told.keys().forEach(key -> assertThat(told.of(key).worker()).isNotNegative());
    }

    private static Set<Integer> started() {
        return PoisonTopology.WORKERS.get().started();
    }

    private static Map<String, Outcome<Long>> run(Params params, ToldTraces told) {
        InMemoryLauncher launcher = new InMemoryLauncher();
        PoisonTopology.WORKERS.set(launcher);
        MultiProcessBuilder settings = MultiProcessExecutor.builder().workers(1).threads(1);
        return Objects.requireNonNull(new MultiProcessExecutor(settings, (process, topology) -> launcher)
                .run(Topology.from(PoisonTopology.class, params).observed(told))
                .outcomes()
                .collectMap(Outcome::key)
                .block(PATIENCE));
    }
}

package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.OutcomeTrace;
import org.reactortopology.multiprocess.internal.wire.OutcomeTrace.Spent;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.Trace;

class WorkerTracesTest {

    private static final RunObserver OBSERVER = new RunObserver() {
        @Override
        public @Nullable String skip(String key) {
            return null;
        }

        @Override
        public void traced(String key, long index, ItemTrace trace) {}

        @Override
        public void kept(String key, long index, Object value) {}

        @Override
        public @Nullable Object keptValue(String key, long index) {
            return null;
        }

        @Override
        public Optional<Path> logs() {
            return Optional.empty();
        }
    };

    /** Works 1 and 2 of four are in the slice. */
    private final TopologyPlan plan = Topology.named("four")
            .source("numbers", Series.range(0, 1, 1))
            .map("before", cpu(n -> n))
            .partition(Partitioning.ON_DEMAND)
            .map("one", cpu(n -> n))
            .map("two", cpu(n -> n))
            .gather()
            .map("behind", cpu(n -> n))
            .build()
            .plan();

    private final WorkerTraces traces = of(plan.observed(OBSERVER));

    @Test
    void aTraceThatWasNotAskedForIsRefusedAndOneThatWasIsDue() {
        of(plan).check(entry(null));
        traces.check(entry(new OutcomeTrace(0, 0, List.of())));

        assertThatThrownBy(() -> of(plan).check(entry(new OutcomeTrace(0, 0, List.of()))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("with a trace, in a run that is not traced");
        assertThatThrownBy(() -> traces.check(entry(null)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("without a trace, in a run that is traced");
    }

    @Test
    void aWorkThatIsNotInTheSliceIsRefused() {
        traces.check(entry(spent(new Spent(0, 1), new Spent(1, 1))));

        assertThatThrownBy(() -> traces.check(entry(spent(new Spent(0, 1), new Spent(2, 1)))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("work 2 of the slice, which has 2 works");
    }

    @Test
    void whatTheWorkerSaysIsAddedToWhatIsKnown() {
        Trace trace = new Trace(4);
        trace.took(0, 7);
        Item item = Item.of("k", 0, "value").withTrace(trace);
        Flight flight = new Flight(item, 0);
        flight.given(3, false);
        flight.tried();
        flight.overdue();

        traces.add(item, entry(spent(new Spent(0, 10), new Spent(1, 20))), flight, 4);

        ItemTrace told = trace.soFar();
        assertThat(told.worker()).isEqualTo(4);
        assertThat(told.startedMicros()).isEqualTo(1_000);
        assertThat(told.attempts())
                .as("two in vain, and two of the last worker")
                .isEqualTo(4);
        assertThat(told.nanos()).containsExactly(7, 10, 20, 0);
    }

    @Test
    void whatIsGivenUpTellsOfTheWorkersThatHadIt() {
        Trace trace = new Trace(4);
        Flight flight = new Flight(Item.of("k", 0, "value").withTrace(trace), 0);
        flight.givenUp();
        assertThat(trace.soFar().worker()).as("it was in none").isEqualTo(-1);

        flight.given(3, false);
        flight.tried();
        flight.given(8, true);
        flight.tried();
        flight.givenUp();

        assertThat(trace.soFar().worker()).isEqualTo(8);
        assertThat(trace.soFar().attempts()).isEqualTo(2);
    }

    private static WorkerTraces of(TopologyPlan plan) {
        return new WorkerTraces(WorkerSlice.of(plan).orElseThrow());
    }

    private static OutcomeTrace spent(Spent... works) {
        return new OutcomeTrace(1_000, 2, List.of(works));
    }

    private static Outcomes.Entry entry(@Nullable OutcomeTrace trace) {
        return new Outcomes.Entry(0, OutcomeKind.DONE, new byte[0]).traced(trace);
    }
}

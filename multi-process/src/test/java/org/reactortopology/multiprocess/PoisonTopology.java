package org.reactortopology.multiprocess;

import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.reactortopology.Aggregate;
import org.reactortopology.Keyed;
import org.reactortopology.Partitioning;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;

/** Numbers that are doubled, of which some kill the in-memory worker that they are in. */
final class PoisonTopology implements TopologyFactory<PoisonTopology.Params, Long> {

    static final Aggregate<Long, long[], Long> SUM = Aggregate.of(
            "sum",
            () -> new long[1],
            (sum, value) -> new long[] {sum[0] + value},
            (left, right) -> new long[] {left[0] + right[0]},
            sum -> sum[0]);

    /** Where the workers are; set before a run. */
    static final AtomicReference<InMemoryLauncher> WORKERS = new AtomicReference<>();

    /** If this one is poison, crashes are tried again, twice, with twice the heap each time. */
    static final long PATIENT = 77;

    /** Ends the endless. */
    static final AtomicBoolean ENDLESS = new AtomicBoolean();

    /** Numbers of which the virtual machine breaks. */
    static final Set<Long> BROKEN = ConcurrentHashMap.newKeySet();

    /** Numbers that kill their worker once only. */
    static final Set<Long> ONCE = ConcurrentHashMap.newKeySet();

    /**
     * What is run.
     *
     * @param poison numbers that kill their worker each time
     * @param endless numbers that never return and ignore interrupts, in a work that has half a second
     * @param children whether each number becomes two before it may kill
     */
    record Params(
            long items,
            List<Long> poison,
            Partitioning partitioning,
            boolean sums,
            boolean children,
            List<Long> endless) {
        Params(long items, List<Long> poison, Partitioning partitioning, boolean sums, boolean children) {
            this(items, poison, partitioning, sums, children, List.of());
        }
    }

    @Override
    public Topology<Long> create(Params params) {
        Stage<Long> numbers = Topology.named("poison")
                .source("numbers", Series.range(0, params.items(), 1))
                .partition(params.partitioning());
        if (params.children()) {
            numbers = numbers.flatMap("split", cpu((Long n) -> List.of(2 * n, 2 * n + 1)));
        }
        int per = params.children() ? 2 : 1;
        Work<Keyed<Long>, Long> twice = cpu((Keyed<Long> keyed) -> {
            while (params.endless().contains(keyed.value()) && ENDLESS.get()) {
                Thread.onSpinWait();
            }
            long number = keyed.value() / per;
            if (BROKEN.contains(keyed.value())) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
            boolean kills = keyed.value() % per == per - 1;
            if (kills && (params.poison().contains(number) || ONCE.remove(number))) {
                WORKERS.get().killBusyWith(number);
            }
            return 2 * keyed.value();
        });
        if (params.poison().contains(PATIENT)) {
            twice = twice.retry(RetryPolicy.crashes(2).escalate(2));
        }
        Stage<Long> doubled =
                numbers.mapKeyed("double", params.endless().isEmpty() ? twice : twice.timeout(Duration.ofMillis(500)));
        return (params.sums() ? doubled.aggregate(SUM) : doubled).build();
    }
}

package org.reactortopology.multiprocess;

import static org.reactortopology.Work.cpu;

import java.time.Duration;
import org.reactortopology.Aggregate;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;

/** Numbers that are doubled, with a little work for the processor each. */
final class ChaosNumbersTopology implements TopologyFactory<ChaosNumbersTopology.Params, Long> {

    static final Aggregate<Long, long[], Long> SUM = Aggregate.of(
            "sum",
            () -> new long[1],
            (sum, value) -> new long[] {sum[0] + value},
            (left, right) -> new long[] {left[0] + right[0]},
            sum -> sum[0]);

    /**
     * What is run.
     *
     * @param micros of processor time for each number
     * @param timeoutMillis of the work; 0 for none
     */
    record Params(long items, int micros, Partitioning partitioning, boolean sums, long timeoutMillis) {
        static Params of(long items, int micros) {
            return new Params(items, micros, Partitioning.ON_DEMAND, false, 0);
        }

        Params by(Partitioning how) {
            return new Params(items, micros, how, sums, timeoutMillis);
        }

        Params summing() {
            return new Params(items, micros, partitioning, true, timeoutMillis);
        }

        Params timeout(Duration limit) {
            return new Params(items, micros, partitioning, sums, limit.toMillis());
        }
    }

    static Topology<Long> of(Params params) {
        return Topology.from(ChaosNumbersTopology.class, params);
    }

    @Override
    public Topology<Long> create(Params params) {
        Work<Long, Long> twice = cpu((Long n) -> {
            long until = System.nanoTime() + params.micros() * 1000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return 2 * n;
        });
        Stage<Long> doubled = Topology.named("chaos numbers")
                .source("numbers", Series.range(0, params.items(), 1))
                .partition(params.partitioning())
                .map(
                        "double",
                        params.timeoutMillis() == 0 ? twice : twice.timeout(Duration.ofMillis(params.timeoutMillis())));
        return (params.sums() ? doubled.aggregate(SUM) : doubled).build();
    }
}

package org.reactortopology.benchmarks.peers;

import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.Work;

/** The parallel executor. The results are summed up by its lanes, or by whoever subscribes to the outcomes. */
final class Ours implements Subject {

    private static final Aggregate<Long, Total, Total> SUM =
            Aggregate.of("sum", Total::new, Total::add, Total::combine, total -> total);

    private final boolean aggregated;
    private final TopologyExecutor executor = ParallelExecutor.threads(PARALLELISM);

    Ours(boolean aggregated) {
        this.aggregated = aggregated;
    }

    @Override
    public void start() {
        // Has nothing that outlives a run.
    }

    @Override
    public Total run(PeerLoad load, int items) {
        Stage<Long> results = results(load, Topology.named("peers").source("numbers", Series.range(0, items, 1)));
        if (aggregated) {
            return executor.run(results.aggregate(SUM).build())
                    .execute()
                    .blockOptional()
                    .orElseThrow()
                    .result(SUM);
        }
        return executor.run(results.build())
                .outcomes()
                .collect(Total::new, (total, outcome) -> total.add(value(outcome)))
                .blockOptional()
                .orElseThrow();
    }

    private static Stage<Long> results(PeerLoad load, Stage<Long> numbers) {
        return switch (load) {
            case NO_OP ->
                numbers.map("first", Work.<Long, Long>cpu(Works::same))
                        .map("second", Work.<Long, Long>cpu(Works::same))
                        .map("third", Work.<Long, Long>cpu(Works::same))
                        .map("fourth", Work.<Long, Long>cpu(Works::same));
            case SMALL -> numbers.map("small", Work.<Long, Long>cpu(Works::small));
            case SKEWED -> numbers.map("skewed", Work.<Long, Long>cpu(Works::skewed));
            case JOIN ->
                numbers.map("left", Work.<Long, Long>cpu(Works::left))
                        .joinByKey("join", numbers.map("right", Work.<Long, Long>cpu(Works::right)), Long::sum);
        };
    }

    private static long value(Outcome<Long> outcome) {
        if (outcome instanceof Outcome.Done<Long> done) {
            return done.value();
        }
        throw new IllegalStateException("not done: " + outcome);
    }

    @Override
    public void close() {
        // Every run has ended its threads.
    }
}

package org.reactortopology.internal.run;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactortopology.Outcome;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemSource;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.Runs;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;

/** Runs the whole topology through one engine in this JVM. */
public final class InJvm {

    private InJvm() {}

    /** A run over an engine that is made when the run starts. */
    public static <O> TopologyRun<O> run(
            Topology<O> topology, BiFunction<TopologyPlan, WorkStats, SliceEngine> engines) {
        TopologyPlan plan = topology.plan();
        return Runs.create(topology, recorder -> {
            SliceEngine engine = engines.apply(plan, recorder.works());
            recorder.watch(engine);
            return new Execution(outcomes(plan, recorder, engine), engine.release());
        });
    }

    private static Flux<Outcome<Object>> outcomes(TopologyPlan plan, RunRecorder recorder, SliceEngine engine) {
        if (plan.source() instanceof Source.OfSeries ofSeries) {
            Series<?> series = ofSeries.series().snapshot();
            Optional<Flux<Object>> indexes = ItemSource.indexes(series);
            if (indexes.isPresent()) {
                // the lanes make the items, side by side
                recorder.total(series.size());
                Flux<Object> counted = recorder.countTaken(indexes.get());
                return engine.run(counted, index -> plan.admitted(ItemSource.at(series, index)), recorder::outcomeOf);
            }
        }
        return engine.run(recorder.countTaken(items(plan, recorder)), Function.identity(), recorder::outcomeOf);
    }

    /** The items of the source, of which the recorder is told how many there are, where it knows. */
    public static Flux<Item> items(TopologyPlan plan, RunRecorder recorder) {
        Source source = plan.source();
        Flux<Item> items;
        if (source instanceof Source.OfSeries ofSeries) {
            Series<?> series = ofSeries.series().snapshot();
            recorder.total(series.size());
            items = ItemSource.range(source.name(), series, 0, series.size());
        } else {
            items = ItemSource.items(source, recorder.inFlight());
        }
        return plan.observer() == null ? items : items.map(plan::admitted);
    }
}

package org.reactortopology.test;

import java.util.function.Function;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemSource;
import org.reactortopology.spi.Runs;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;

/**
 * Runs a topology on whichever thread asks for outcomes or brings a value: one item after the other, nothing is handed over, so that a test sees the same
 * thing each time and a virtual clock works, as with {@code StepVerifier.withVirtualTime}. Queues hold nothing.
 *
 * <p>Delays and hangs of {@link Faults} hold no thread here, they wait on the clock; so do the deadlines of the works that have such a fault. A deadline
 * of another {@code cpu} or {@code io} work cannot pass while the work keeps the thread that moves a virtual clock.
 */
public final class ImmediateExecutor implements TopologyExecutor {

    private ImmediateExecutor() {}

    /** An executor; holds nothing. */
    public static ImmediateExecutor create() {
        return new ImmediateExecutor();
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        TopologyPlan plan =
                PlanRewrite.works(topology, FaultInterceptor::waitingOnTheClock).plan();
        return Runs.create(topology, recorder -> {
            Flux<Item> items = recorder.countTaken(ItemSource.items(plan.source(), recorder.inFlight()));
            SliceEngine engine = SliceEngine.immediate(plan, recorder.works());
            recorder.watch(engine);
            return new Execution(engine.run(items, Function.identity(), recorder::outcomeOf), engine.release());
        });
    }

    /** The name. */
    @Override
    public String toString() {
        return "ImmediateExecutor";
    }
}

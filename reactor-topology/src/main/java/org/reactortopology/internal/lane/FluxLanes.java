package org.reactortopology.internal.lane;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * A hop: a bounded buffer and up to {@code concurrency} lanes that take from it, on threads shared with other hops. One result for each item,
 * in no order, one at a time, as they are asked for.
 *
 * <p><b>Bounds.</b> The buffer holds at most what its bound says; it asks for that many at first and for more when three quarters have been
 * taken (with a weigher, one at a time while weight is free). A lane starts no item when a result waits that nobody has asked for. At most
 * {@code bound + 2 * concurrency} items are inside; of lanes that say that they are {@linkplain LaneFunction#isQuick() quick}, twice the bound and as
 * many more, as they hold up to {@code bound / concurrency} results back each, 32 at most.
 * With {@link FluxIndexes} as its source it has no buffer: a lane takes the next index when it can run it, a quick one several at once, which stay open to
 * the other lanes until it begins them.
 *
 * <p><b>Threads.</b> Lanes are tasks that end when there is nothing to do, and submit themselves again after {@value LaneTurns#TURN} items. A
 * lane that takes long holds up nothing else: the buffer is shared, and a result is handed over before the lane takes the next item. Results
 * leave on the thread of a lane or of the one who asks for more; those that a quick lane holds while it stands still in an item, after 2 to 4 ms, on one of
 * {@link reactor.core.scheduler.Schedulers#boundedElastic}. An executor that runs tasks at once is fine.
 *
 * <p><b>Ends.</b> An error of the source comes after the results of what came before it. What a {@link LaneFunction} throws, a weigher throws,
 * an executor refuses or a source sends unasked ends the flux at once: upstream is cancelled, what is inside is discarded, other lanes are
 * interrupted. Cancelling does the same without a signal.
 */
public final class FluxLanes<A, R> extends FluxOperator<A, R> {

    private final Supplier<? extends LaneFunction<A, R>> functions;
    private final int concurrency;
    private final Executor threads;
    private final Bound<A> bound;
    private final QueueGauge gauge;

    /**
     * A hop behind a source.
     *
     * @param functions called {@code concurrency} times by each subscription, on the thread that subscribes
     * @param concurrency most items at once, at least 1
     * @param threads what runs the lanes
     * @param gauge shows the depth of the buffer of the latest subscription
     */
    public FluxLanes(
            Flux<A> source,
            Supplier<? extends LaneFunction<A, R>> functions,
            int concurrency,
            Executor threads,
            Bound<A> bound,
            QueueGauge gauge) {
        super(source);
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency + " runs nothing: give at least 1");
        }
        this.functions = functions;
        this.concurrency = concurrency;
        this.threads = threads;
        this.bound = bound;
        this.gauge = gauge;
    }

    @Override
    public int getPrefetch() {
        return bound.items();
    }

    @Override
    public void subscribe(CoreSubscriber<? super R> actual) {
        List<? extends LaneFunction<A, R>> code;
        try {
            code = Stream.generate(functions).limit(concurrency).toList();
        } catch (Throwable e) { // as operators do with what their suppliers throw
            Operators.error(actual, Operators.onOperatorError(e, actual.currentContext()));
            return;
        }
        if ((Flux<?>) source instanceof FluxIndexes indexes && bound.weigher() == null) {
            IndexIntake<A> intake =
                    new IndexIntake<>(indexes.size(), concurrency, Holding.most(bound.items(), concurrency), gauge);
            indexes.subscribe(new LaneRun<>(actual, code, threads, intake, 0, bound.items(), gauge), intake);
        } else {
            source.subscribe(new LaneRun<>(actual, code, threads, bound, gauge));
        }
    }
}

package org.reactortopology;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One execution of a topology.
 *
 * @param <O> type of the value that the topology computes for an item
 */
public interface TopologyRun<O> {

    /**
     * The outcomes, one per item taken from the source, in no promised order.
     *
     * <ul>
     *   <li>Cold: the run starts when this is subscribed to; it can be subscribed to once, a second subscriber gets an
     *       {@link IllegalStateException}.
     *   <li>Backpressures: without demand, no more items are taken than the works' concurrency, the queues' capacities and, across
     *       processes, the outcome buffer hold.
     *   <li>Completes when every item has its outcome.
     *   <li>Cancelling takes no further item and interrupts works that are running; processes and threads end in the background, and
     *       {@link #report()} emits when they have.
     *   <li>Fails with a {@link TopologyException} when the run itself breaks; outcomes that were ready come first.
     * </ul>
     */
    Flux<Outcome<O>> outcomes();

    /**
     * Emits the report once the run has ended, however it ended (see {@link RunReport#state()}), and all its threads and processes are
     * released. Does not start the run and never fails; replays to late subscribers.
     */
    Mono<RunReport> report();

    /**
     * Snapshots of the counts: the latest at once, then one per outcome, of which a slow subscriber sees only the latest. Completes when
     * the run has ended. Does not start the run.
     */
    Flux<Progress> progress();

    /**
     * How full each buffer between works is now: every explicit queue, and the small buffers before the hops of an executor that has some. Empty
     * before the run has started; across processes, those of the works that run in this JVM.
     */
    List<QueueDepth> queues();

    /**
     * Runs everything and drops the outcomes: subscribes to {@link #outcomes()} with unbounded demand and emits the report. Works whose
     * effect is what counts (files written) are run like this. Fails with what the outcomes fail with.
     */
    default Mono<RunReport> execute() {
        return outcomes().then(report());
    }
}

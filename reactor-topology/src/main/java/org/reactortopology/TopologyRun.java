package org.reactortopology;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One execution of a topology.
 *
 * <p>It ends in one of these ways, and {@link RunReport#state()} says in which:
 *
 * <ul>
 *   <li>The source ends: {@link RunState#COMPLETED}.
 *   <li>{@link #drain}: no more input, what is in flight is finished, the outcomes complete: {@link RunState#DRAINED}.
 *   <li>{@link #stop}: now, and the outcomes complete: {@link RunState#STOPPED}.
 *   <li>A rule of the topology ({@code haltWhen}, {@code stopOnFailure}): the outcomes fail with {@link HaltedException}: {@link RunState#HALTED}.
 *   <li>The subscriber cancels: {@link RunState#CANCELLED}.
 *   <li>It breaks: {@link RunState#FAILED}.
 * </ul>
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
     *   <li>Completes when every item has its outcome, or early, by {@link #drain} and {@link #stop}.
     *   <li>Cancelling takes no further item and interrupts works that are running; processes and threads end in the background, and
     *       {@link #report()} emits when they have.
     *   <li>Fails with a {@link TopologyException} when the run itself breaks or is halted by a rule; outcomes that were ready come first.
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
     * before the run has started. Across processes, the buffers of one edge in all workers are added up, as they told some tenths of a second ago.
     */
    List<QueueDepth> queues();

    /** What each work has done so far, in the order of the topology; across processes, as workers last told, which is some tenths of a second ago. */
    List<RunReport.WorkReport> works();

    /** What each child JVM has done so far, those that have ended included; empty for executors that run in one JVM. */
    List<RunReport.WorkerReport> workers();

    /**
     * Takes no more input, finishes what is in flight, and completes the outcomes. What the source had given to the run is run; an element that it
     * emits while it is being cancelled is discarded. When the deadline passes first, what is left is stopped as by {@link #stop}: so it is, too,
     * when nobody asks for the outcomes of what is in flight.
     *
     * <ul>
     *   <li>The call does it, whether or not the mono is subscribed to. Any thread, any number of times; of several deadlines the earliest counts.
     *   <li>Before the subscription it ends the run, which then has no outcomes and an empty report. After the end it changes nothing.
     *   <li>Signals that follow may be given on the calling thread.
     *   <li>Across processes, workers that are still starting are waited for, up to the deadline.
     * </ul>
     *
     * @param deadline from now; zero stops at once
     * @return {@link #report()}: {@link RunReport.Counts#unfinished()} tells whether the deadline left items without an outcome
     * @throws IllegalArgumentException if the deadline is negative
     */
    Mono<RunReport> drain(Duration deadline);

    /**
     * Ends the run now: takes no more input, interrupts works that are running and completes the outcomes, without an error, behind those that had
     * been emitted; outcomes that nobody had asked for are not emitted any more. Waits for nothing but an outcome that the subscriber is just being
     * given. Threads and processes end in the background, and {@link #report()} emits when they have.
     *
     * <p>As with {@link #drain}, the call does it; any thread, any number of times, at any time.
     *
     * @return {@link #report()}: {@link RunReport.Counts#unfinished()} tells how many items have no outcome
     */
    Mono<RunReport> stop();

    /**
     * Runs everything and drops the outcomes: subscribes to {@link #outcomes()} with unbounded demand and emits the report. Works whose
     * effect is what counts (files written) are run like this. Fails with what the outcomes fail with.
     */
    default Mono<RunReport> execute() {
        return outcomes().then(report());
    }
}

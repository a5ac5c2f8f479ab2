package org.reactortopology.internal.engine;

import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.QueueGauge;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** On which threads the hops of a graph run, and how many items at once. */
interface Threads {

    /** How many items of the hop run at once. */
    int concurrency(Hop hop);

    /** The results of the hop, whose works are called one after the other, behind a buffer. */
    Flux<Object> direct(Flux<Object> in, Hop hop, Bound<Object> bound, QueueGauge gauge);

    /** The results of the hop, whose one work's value comes later. */
    Flux<Object> deferred(Flux<Object> in, Hop hop);

    /** An explicit queue that no direct hop follows. */
    Flux<Object> queue(Flux<Object> in, Bound<Object> bound, QueueGauge gauge);

    /** Where the source is subscribed to and emits. */
    Flux<Object> source(Flux<Object> in);

    /** Whether an item is not begun before the one before it has its outcome, where that is possible. */
    boolean oneByOne();

    /** Runs a task after what the thread of {@link #oneByOne} is busy with. */
    void later(Runnable task);

    /** Whether explicit queues hold items, so that they are worth showing. */
    boolean buffers();

    /** Lets the threads end when what runs on them has; completes when they have ended. */
    Mono<Void> release();
}

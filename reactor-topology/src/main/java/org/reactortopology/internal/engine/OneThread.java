package org.reactortopology.internal.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.QueueGauge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One thread: the source is asked there, one item after the other. A buffer never holds more than the item that passes it. The result of an
 * {@code async} work is brought back to the thread, and no other item is begun before it is there.
 */
final class OneThread implements Threads {

    private static final Logger LOG = LoggerFactory.getLogger(OneThread.class);
    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Null for the thread of the caller. */
    private final @Nullable Lanes thread;

    private final Scheduler scheduler;

    private OneThread(@Nullable Lanes thread, Scheduler scheduler) {
        this.thread = thread;
        this.scheduler = scheduler;
    }

    /** A thread of its own, which is not started before the run is. */
    static OneThread ofItsOwn() {
        Lanes own = Lanes.oneThread("topology-sequential-" + RUNS.incrementAndGet());
        return new OneThread(own, own.scheduler());
    }

    /** Whichever thread asks for outcomes or brings a value: nothing is handed over. */
    static OneThread ofTheCaller() {
        return new OneThread(null, Schedulers.immediate());
    }

    @Override
    public int concurrency(Hop hop) {
        return 1;
    }

    @Override
    public Flux<Object> direct(Flux<Object> in, Hop hop, Bound<Object> bound, QueueGauge gauge) {
        return Flux.defer(() -> {
            HopRun run = new HopRun(hop);
            AtomicReference<@Nullable Object> current = new AtomicReference<>();
            hop.lanes(() -> Stream.ofNullable(current.get()).toList());
            return in.map(input -> {
                        current.lazySet(input);
                        Object result = run.apply(input);
                        current.lazySet(null);
                        return result;
                    })
                    .doOnTerminate(run::pause) // before anyone downstream learns of the end and reports
                    .doOnCancel(run::pause);
        });
    }

    @Override
    public Flux<Object> deferred(Flux<Object> in, Hop hop) {
        DeferredHop deferred = new DeferredHop(hop, null);
        return in.concatMap(input -> deferred.apply(input).publishOn(scheduler), 1);
    }

    @Override
    public Flux<Object> queue(Flux<Object> in, Bound<Object> bound, QueueGauge gauge) {
        return in;
    }

    @Override
    public Flux<Object> source(Flux<Object> in) {
        return thread == null ? in : in.subscribeOn(scheduler).publishOn(scheduler, true, 1);
    }

    @Override
    public boolean oneByOne() {
        return true;
    }

    @Override
    public void later(Runnable task) {
        try {
            scheduler.schedule(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("the run has ended, so nothing follows", e);
        }
    }

    @Override
    public boolean buffers() {
        return false;
    }

    @Override
    public Mono<Void> release() {
        return thread == null ? Mono.empty() : thread.release();
    }
}

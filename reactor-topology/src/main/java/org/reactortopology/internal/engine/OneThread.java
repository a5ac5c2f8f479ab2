package org.reactortopology.internal.engine;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkKind;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.LaneThread;
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

    /** For each hop what it is busy with; written while the run is put together. */
    private final List<Supplier<LaneThread.@Nullable Inside>> hops;

    private OneThread(@Nullable Lanes thread, Scheduler scheduler, List<Supplier<LaneThread.@Nullable Inside>> hops) {
        this.thread = thread;
        this.scheduler = scheduler;
        this.hops = hops;
    }

    /** A thread of its own, which is not started before the run is. */
    static OneThread ofItsOwn() {
        List<Supplier<LaneThread.@Nullable Inside>> hops = new CopyOnWriteArrayList<>();
        Lanes own = Lanes.oneThread("topology-sequential-" + RUNS.incrementAndGet(), () -> busy(hops));
        return new OneThread(own, own.scheduler(), hops);
    }

    /** Whichever thread asks for outcomes or brings a value: nothing is handed over. */
    static OneThread ofTheCaller() {
        return new OneThread(null, Schedulers.immediate(), new CopyOnWriteArrayList<>());
    }

    private static LaneThread.@Nullable Inside busy(List<Supplier<LaneThread.@Nullable Inside>> hops) {
        for (Supplier<LaneThread.@Nullable Inside> hop : hops) {
            LaneThread.Inside inside = hop.get();
            if (inside != null) {
                return inside;
            }
        }
        return null;
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
            hops.add(() -> {
                Object input = current.get();
                return input == null ? null : new LaneThread.Inside(run, input);
            });
            return in.map(input -> {
                        current.lazySet(input);
                        // a thread of its own knows the hops; one of the caller's does not
                        Object result = thread != null ? run.apply(input) : inContext(run, input);
                        current.lazySet(null);
                        return result;
                    })
                    .doOnTerminate(run::pause) // before anyone downstream learns of the end and reports
                    .doOnCancel(run::pause);
        });
    }

    private static Object inContext(HopRun run, Object input) {
        try {
            return Objects.requireNonNull(CallContext.of(run, input).call(run::apply, input));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a hop throws no checked exception", e);
        }
    }

    @Override
    public Flux<Object> deferred(Flux<Object> in, Hop hop) {
        // a work that is called again after a delay comes back to the thread
        DeferredHop deferred = new DeferredHop(hop, hop.kind() == WorkKind.ASYNC ? null : scheduler);
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

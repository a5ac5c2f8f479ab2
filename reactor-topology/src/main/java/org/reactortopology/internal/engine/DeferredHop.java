package org.reactortopology.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactortopology.TopologyException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Trace;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** A hop of one work whose value comes later: an {@code async} work, or any that is called again when it fails. */
final class DeferredHop {

    private final Hop hop;
    private final Call call;

    /** Where a work that is not {@code async} is called; null calls it where it is subscribed to. */
    private final @Nullable Scheduler scheduler;

    DeferredHop(Hop hop, @Nullable Scheduler scheduler) {
        this.hop = hop;
        this.call = hop.calls().get(0);
        this.scheduler = scheduler;
    }

    /** What goes out of the hop for what came in. */
    Mono<Object> apply(Object input) {
        Item item = hop.before().apply(input);
        if (!call.takes(item)) {
            return Mono.just(hop.after().apply(item));
        }
        return ended(item).map(hop.after());
    }

    /**
     * The mono fails only for what says that the JVM is broken. Subscribes by hand, because operators throw what Reactor takes for fatal (linkage and
     * stack errors among it) at their subscriber rather than signal it.
     */
    private Mono<Item> ended(Item item) {
        return Mono.create(sink -> {
            hop.waiting().add(item);
            try {
                Disposable running = result(item)
                        .subscribe(
                                result -> end(sink, item, call.returned(item, result)),
                                thrown -> fail(sink, item, thrown),
                                null,
                                Context.of(sink.contextView()));
                sink.onCancel(() -> {
                    running.dispose();
                    hop.waiting().remove(item);
                });
            } catch (Throwable thrown) { // a user's exception is a value
                hop.stats().add(call.number, 1, 1, 0);
                fail(sink, item, thrown);
            }
        });
    }

    private Mono<Object> result(Item item) {
        AtomicInteger attempts = new AtomicInteger();
        Mono<Object> once = call.step().deferred() ? async(item, attempts) : called(item, attempts);
        return Call.retry(call.step().work()).<Mono<Object>>map(once::retryWhen).orElse(once);
    }

    private Mono<Object> async(Item item, AtomicInteger attempts) {
        return Mono.defer(() -> {
            int attempt = begun(item, attempts);
            long start = System.nanoTime();
            CallClock clock = call.clock();
            Mono<Object> value = published(item, CallContext.of(item, attempt, clock));
            if (clock != null) {
                value = clock.limit(value);
            }
            return value.doOnSuccess(result -> count(item, 0, start)).doOnError(thrown -> count(item, 1, start));
        });
    }

    private Mono<Object> published(Item item, CallContext context) {
        Object publisher;
        try (ThreadContext.Scope scope = hop.context().open()) {
            publisher = call.publisher(item, context);
        } catch (Exception e) {
            return Mono.error(e);
        }
        if (publisher == null) {
            return Mono.error(call.nullResult(item));
        }
        return Mono.<Object>from((Publisher<?>) publisher).switchIfEmpty(Mono.error(() -> call.emptyResult(item)));
    }

    private Mono<Object> called(Item item, AtomicInteger attempts) {
        Mono<Object> value = Mono.create(sink -> {
            int attempt = begun(item, attempts);
            long start = System.nanoTime();
            Object result = null;
            Throwable thrown = null;
            try (ThreadContext.Scope scope = hop.context().open()) {
                result = call.callFor(item, attempt);
            } catch (Throwable t) { // a user's exception is a value
                thrown = t;
            }
            count(item, result == null ? 1 : 0, start);
            if (result != null) {
                sink.success(result);
            } else {
                sink.error(thrown == null ? call.nullResult(item) : thrown);
            }
        });
        return scheduler == null ? value : value.subscribeOn(scheduler);
    }

    /** Which attempt this is. */
    private static int begun(Item item, AtomicInteger attempts) {
        int attempt = attempts.incrementAndGet();
        Trace trace = item.trace();
        if (trace != null) {
            trace.begun(attempt);
        }
        return attempt;
    }

    private void count(Item item, int failures, long start) {
        long time = System.nanoTime() - start;
        hop.stats().add(call.number, 1, failures, time);
        Trace trace = item.trace();
        if (trace != null) {
            trace.took(call.number, time);
        }
    }

    private void fail(MonoSink<Item> sink, Item item, Throwable thrown) {
        Item ended;
        try {
            ended = call.threw(item, thrown);
        } catch (TopologyException broken) {
            hop.waiting().remove(item);
            sink.error(broken);
            return;
        }
        end(sink, item, ended);
    }

    private void end(MonoSink<Item> sink, Item item, Item ended) {
        hop.waiting().remove(item);
        sink.success(ended);
    }
}

package org.reactortopology.internal.lane;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A run of lanes whose tasks wait until a test runs them, between an upstream and a downstream that count. */
final class Rig implements CoreSubscriber<Integer>, Subscription {

    final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    final AtomicInteger emitted = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicLong asked = new AtomicLong();
    final LaneRun<Integer, Integer> run;

    private final AtomicInteger emitting = new AtomicInteger();

    /** Whether two threads ever emitted at the same time. */
    volatile boolean overlapped;

    Rig(int lanes, int capacity, LaneFunction<Integer, Integer> function) {
        List<LaneFunction<Integer, Integer>> functions =
                IntStream.range(0, lanes).mapToObj(lane -> function).toList();
        run = new LaneRun<>(
                this, functions, tasks::add, Bound.items(capacity), new QueueGauge("edge", capacity, Long.MAX_VALUE));
        run.onSubscribe(this);
    }

    /** Runs the oldest task that waits, if one does. */
    void runTask() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** Runs what waits until nothing does. */
    Rig settle() {
        while (!tasks.isEmpty()) {
            runTask();
        }
        return this;
    }

    @Override
    public void onSubscribe(Subscription subscription) {}

    @Override
    public void onNext(Integer item) {
        if (emitting.getAndIncrement() != 0) {
            overlapped = true;
        }
        emitted.incrementAndGet();
        emitting.getAndDecrement();
    }

    @Override
    public void onError(Throwable error) {
        ends.addAndGet(100);
    }

    @Override
    public void onComplete() {
        ends.incrementAndGet();
    }

    @Override
    public void request(long more) {
        asked.addAndGet(more);
    }

    @Override
    public void cancel() {}
}

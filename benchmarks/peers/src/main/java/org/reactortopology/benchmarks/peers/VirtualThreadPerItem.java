package org.reactortopology.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A virtual thread for each item, and for each work of a fan-out, with a semaphore that bounds how many there are (JEP 444, <a
 * href="https://openjdk.org/jeps/444">Do not pool virtual threads</a>).
 */
final class VirtualThreadPerItem implements Subject {

    private static final int AT_ONCE = 64;

    @Override
    public void start() {
        if (!VirtualThreads.available()) {
            throw new UnsupportedOperationException("virtual threads need Java 21 or newer");
        }
    }

    @Override
    public Total run(PeerLoad load, int items) throws InterruptedException {
        Semaphore permits = new Semaphore(AT_ONCE);
        LongAdder count = new LongAdder();
        LongAdder sum = new LongAdder();
        for (int i = 0; i < items; i++) {
            long item = i;
            permits.acquire();
            VirtualThreads.start(() -> {
                try {
                    sum.add(result(load, item));
                    count.increment();
                } finally {
                    permits.release();
                }
            });
        }
        permits.acquire(AT_ONCE);
        return new Total(count.sum(), sum.sum());
    }

    private static long result(PeerLoad load, long item) {
        return switch (load) {
            case NO_OP -> Works.same(Works.same(Works.same(Works.same(item))));
            case SMALL, SKEWED -> Works.heavy(load, item);
            case JOIN -> joined(List.of(() -> Works.left(item), () -> Works.right(item)));
        };
    }

    /** Both works in threads of their own, which the thread of the item waits for. */
    private static long joined(List<LongSupplier> works) {
        List<CompletableFuture<Long>> results = new ArrayList<>();
        for (LongSupplier work : works) {
            results.add(CompletableFuture.supplyAsync(work::getAsLong, VirtualThreads::start));
        }
        return results.stream().mapToLong(CompletableFuture::join).sum();
    }

    @Override
    public void close() {
        // Every run has ended its threads.
    }
}

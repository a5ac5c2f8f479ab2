package org.reactortopology.test.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Asks for random numbers of values, mostly few, and counts that no more come. */
final class RandomDemand<T> extends BaseSubscriber<T> {

    private static final int MOST = 9;

    private final Random random;
    private final Runnable onEach;
    private final List<T> received = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private long asked;
    private volatile @Nullable Throwable error;

    RandomDemand(long seed, Runnable onEach) {
        this.random = new Random(seed);
        this.onEach = onEach;
    }

    boolean await(Duration patience) {
        try {
            return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What has come; complete once the end has been awaited. */
    List<T> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Nullable
    Throwable error() {
        return error;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        ask();
    }

    @Override
    protected void hookOnNext(T value) {
        onEach.run();
        synchronized (received) {
            received.add(value);
            if (received.size() > asked) {
                throw new IllegalStateException("more came than was asked for");
            }
        }
        if (received.size() == asked) {
            ask();
        }
    }

    @Override
    protected void hookOnError(Throwable thrown) {
        error = thrown;
        ended.countDown();
    }

    @Override
    protected void hookOnComplete() {
        ended.countDown();
    }

    @Override
    public String toString() {
        return "asked for " + asked;
    }

    private void ask() {
        if (random.nextInt(20) == 0) {
            asked = Long.MAX_VALUE;
            requestUnbounded();
        } else {
            long more = 1L + random.nextInt(MOST);
            asked += more;
            request(more);
        }
    }
}

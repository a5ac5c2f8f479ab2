package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.WorkInterceptor;
import reactor.core.publisher.Mono;

/** Makes the faults of one work happen. */
final class FaultInterceptor implements WorkInterceptor {

    /** A fault that counts, and a key. */
    private record Counted(Fault.Fail fault, String key) {}

    private final List<Fault> faults;
    private final boolean onTheClock;

    /** How often each has failed; written by the threads that run the work. */
    private final Map<Counted, Integer> failures;

    FaultInterceptor(List<Fault> faults) {
        this(List.copyOf(faults), false, new ConcurrentHashMap<>());
    }

    private FaultInterceptor(List<Fault> faults, boolean onTheClock, Map<Counted, Integer> failures) {
        this.faults = faults;
        this.onTheClock = onTheClock;
        this.failures = failures;
    }

    /** The same work, whose delays and hangs, if it has some, hold no thread. */
    static Step.WorkStep waitingOnTheClock(Step.WorkStep work) {
        List<WorkInterceptor> interceptors = new ArrayList<>();
        for (WorkInterceptor each : work.interceptors()) {
            interceptors.add(
                    each instanceof FaultInterceptor faulty
                            ? new FaultInterceptor(faulty.faults, true, faulty.failures)
                            : each);
        }
        return new Step.WorkStep(work.name(), work.work(), work.role(), work.aggregate(), interceptors);
    }

    @Override
    public boolean defers() {
        return onTheClock && faults.stream().anyMatch(fault -> !(fault instanceof Fault.Fail));
    }

    @Override
    public Object around(Invocation call) throws Exception {
        String key = call.item().key();
        List<Fault> hits = faults.stream().filter(fault -> fault.hits(key)).toList();
        if (!hits.isEmpty() && call.deferred()) {
            return Mono.defer(() -> signalled(hits, key)).then(Mono.defer(() -> proceed(call)));
        }
        for (Fault fault : hits) {
            if (fault instanceof Fault.Delay delay) {
                block(delay.by());
            } else if (fault instanceof Fault.Hang) {
                hang();
            } else if (fault instanceof Fault.Fail fail && failsNow(fail, key)) {
                throwIt(fail.error().apply(fail.work(), key));
            }
        }
        return call.proceed(call.argument());
    }

    private Mono<Void> signalled(List<Fault> hits, String key) {
        Mono<Void> wait = Mono.empty();
        for (Fault fault : hits) {
            if (fault instanceof Fault.Delay delay) {
                wait = wait.then(Mono.delay(delay.by())).then();
            } else if (fault instanceof Fault.Hang) {
                wait = wait.then(Mono.never());
            } else if (fault instanceof Fault.Fail fail) {
                wait = wait.then(Mono.defer(
                        () -> failsNow(fail, key) ? Mono.error(fail.error().apply(fail.work(), key)) : Mono.empty()));
            }
        }
        return wait;
    }

    private static Mono<Object> proceed(Invocation call) {
        try {
            return Mono.from((Publisher<?>) call.proceed(call.argument()));
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    private boolean failsNow(Fault.Fail fail, String key) {
        return fail.attempts() == Integer.MAX_VALUE
                || failures.merge(new Counted(fail, key), 1, Integer::sum) <= fail.attempts();
    }

    /** Nobody counts the latch down: only the time or an interrupt ends the wait. */
    @SuppressWarnings("ReturnValueIgnored")
    private static void block(Duration time) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        assert !never;
    }

    private static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void throwIt(Throwable error) throws Exception {
        if (error instanceof Error serious) {
            throw serious;
        } else if (error instanceof Exception exception) {
            throw exception;
        }
        throw new IllegalStateException(error);
    }
}

package org.reactortopology.internal.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(60)
class EarlyEndTest {

    private final EarlyEnd end = new EarlyEnd();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void threadsEnd() {
        pool.shutdownNow();
    }

    @Test
    void cancelsUpstreamAndCompletesDownstreamBehindWhatHasCome() {
        TestPublisher<Integer> source = TestPublisher.create();

        StepVerifier.create(end.guard(source.flux()), 5)
                .then(() -> source.next(1, 2))
                .expectNext(1, 2)
                .then(end::end)
                .expectComplete()
                .verify();

        source.assertCancelled(1);
        assertThat(end.passed()).isEqualTo(2);
        assertThat(end.wasCut()).isTrue();
    }

    @Test
    void completesWithoutDemandAndOnce() {
        AtomicInteger completions = new AtomicInteger();
        StepVerifier.create(end.guard(Flux.never()).doOnComplete(completions::incrementAndGet), 0)
                .then(end::end)
                .then(end::end)
                .expectComplete()
                .verify();
        assertThat(completions).hasValue(1);
    }

    @Test
    void changesNothingBehindTheEnd() {
        StepVerifier.create(end.guard(Flux.just(1, 2))).expectNext(1, 2).verifyComplete();
        StepVerifier.create(end.guard(Flux.error(new IllegalStateException("broke"))))
                .verifyErrorMessage("broke");
        end.end();
        assertThat(end.wasCut()).isFalse();
        assertThat(end.passed()).isEqualTo(2);
    }

    @Test
    void aFluxThatIsSubscribedToAfterwardsIsEmpty() {
        TestPublisher<Integer> source = TestPublisher.create();
        end.end();
        assertThat(end.wasCut()).isFalse();

        StepVerifier.create(end.guard(source.flux())).verifyComplete();

        source.assertWasNotSubscribed();
        assertThat(end.wasCut()).isTrue();
    }

    @Test
    void endsAllThatAreUnderWay() {
        StepVerifier.create(Flux.merge(end.guard(Flux.never()), end.guard(Flux.never()), end.guard(Flux.just(1))))
                .expectNext(1)
                .then(end::end)
                .verifyComplete();
    }

    @Test
    void endedFromInsideOfAnItemCompletesBehindIt() {
        List<String> signals = new ArrayList<>();
        end.guard(Flux.range(1, 10))
                .doOnNext(item -> {
                    if (item == 3) {
                        end.end();
                        signals.add("ended");
                    }
                })
                .doOnComplete(() -> signals.add("complete"))
                .subscribe(item -> signals.add(item.toString()));

        assertThat(signals).containsExactly("1", "2", "ended", "3", "complete");
        assertThat(end.passed()).isEqualTo(3);
    }

    @Test
    void endedFromInsideOfTheSubscriptionCompletesBehindIt() {
        TestPublisher<Integer> source = TestPublisher.create();
        List<String> signals = new ArrayList<>();
        end.guard(source.flux()).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
                end.end();
                signals.add("subscribed");
            }

            @Override
            protected void hookFinally(SignalType type) {
                signals.add(type.toString());
            }
        });

        assertThat(signals).containsExactly("subscribed", SignalType.ON_COMPLETE.toString());
        source.assertCancelled(1);
        source.assertMaxRequested(0);
    }

    @Test
    void whatASourceSendsFromInsideOfAnItemPasses() {
        TestPublisher<Integer> nesting = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        List<Integer> items = new ArrayList<>();
        end.guard(nesting.flux()).subscribe(item -> {
            items.add(item);
            if (item < 3) {
                nesting.next(item + 1); // as a source does that answers a request at once
            } else {
                nesting.complete();
            }
        });
        nesting.next(1);

        assertThat(items).containsExactly(1, 2, 3);
        assertThat(end.passed()).isEqualTo(3);
        end.end();
        assertThat(end.wasCut()).isFalse();
    }

    @Test
    void anItemThatComesWhileTheSourceIsCancelledIsDiscardedAndNotCounted() {
        TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        List<Object> discarded = new ArrayList<>();
        StepVerifier.create(end.guard(source.flux()).doOnDiscard(Object.class, discarded::add))
                .then(() -> source.next(1))
                .expectNext(1)
                .then(end::end)
                .then(() -> source.next(2))
                .verifyComplete();

        assertThat(discarded).containsExactly(2);
        assertThat(end.passed()).isOne();
    }

    @Test
    void forgetsASubscriberThatHasCancelled() {
        TestPublisher<Integer> source = TestPublisher.create();
        Disposable subscription = end.guard(source.flux()).subscribe();
        subscription.dispose();
        source.assertCancelled(1);
        end.end();
        assertThat(end.wasCut()).isFalse();
    }

    /** The one who ends stands still just before upstream is cancelled, and an item ends meanwhile. */
    @Test
    void theSourceIsCancelledBeforeDownstreamCompletes() {
        List<String> signals = new CopyOnWriteArrayList<>();
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch completed = new CountDownLatch(1);
        Flux<Integer> source = Flux.from(subscriber -> {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long more) {}

                @Override
                public void cancel() {
                    if (cancelling.getCount() > 0) {
                        cancelling.countDown();
                        await(completed);
                    } else {
                        signals.add("cancelled");
                    }
                }
            });
            subscriber.onNext(1);
        });
        end.guard(source)
                .doOnNext(item -> {
                    pool.execute(end::end);
                    await(cancelling);
                })
                .doOnComplete(() -> signals.add("complete"))
                .subscribe();
        completed.countDown();

        assertThat(signals).containsExactly("cancelled", "complete");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Items and the end come from two threads: what was counted is what came, and nothing comes behind the end. */
    @Test
    void nothingComesBehindTheEndAndNothingThatWasCountedIsLost() throws InterruptedException {
        for (int round = 0; round < 2000; round++) {
            EarlyEnd early = new EarlyEnd();
            AtomicLong came = new AtomicLong();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger wrong = new AtomicInteger();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            Flux<Long> source = Flux.<Long, Long>generate(() -> 0L, (next, sink) -> {
                        sink.next(next);
                        return next + 1;
                    })
                    .subscribeOn(Schedulers.fromExecutor(pool));
            early.guard(source)
                    .doOnNext(item -> {
                        wrong.addAndGet(inside.getAndIncrement());
                        came.incrementAndGet();
                        started.countDown();
                        inside.decrementAndGet();
                    })
                    .doOnComplete(() -> {
                        wrong.addAndGet(inside.getAndIncrement());
                        over.countDown();
                    })
                    .subscribe();
            started.await();
            early.end();
            over.await();
            long atTheEnd = came.get();
            assertThat(early.passed()).isEqualTo(atTheEnd);
            assertThat(wrong).hasValue(0);
            assertThat(early.wasCut()).isTrue();
        }
    }
}

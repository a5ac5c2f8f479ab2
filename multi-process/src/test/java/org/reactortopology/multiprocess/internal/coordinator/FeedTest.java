package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.spi.Item;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class FeedTest {

    /** Runs when the test says so, on the test's thread. */
    private final Queue<Runnable> scheduled = new ArrayDeque<>();

    private final Mailbox mailbox = new Mailbox(Schedulers.fromExecutor(scheduled::add));
    private final AtomicReference<CoreSubscriber<? super Item>> subscriber = new AtomicReference<>();

    @Test
    void aSignalOfAnotherThreadIsNotOvertakenByOneThatAnswersARequest() {
        Flux<Item> source = new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Item> actual) {
                subscriber.set(actual);
                actual.onSubscribe(new Answering(actual));
            }
        };
        Feed feed = new Feed(source, mailbox, () -> {});
        mailbox.post(() -> feed.pull(1));
        runScheduled();

        mailbox.post(() -> feed.pull(2)); // answered by b and the end, once it runs
        subscriber.get().onNext(item("a")); // signalled before, by a thread that is not the mailbox's
        runScheduled();

        assertThat(feed.size()).isEqualTo(2);
        assertThat(feed.take().key()).isEqualTo("a");
        assertThat(feed.exhausted()).isFalse();
        assertThat(feed.take().key()).isEqualTo("b");
        assertThat(feed.exhausted()).isTrue();
    }

    @Test
    void nothingIsKeptAfterACancel() {
        Feed feed = new Feed(Flux.range(0, 10).map(i -> item("k" + i)), mailbox, () -> {});
        mailbox.post(() -> feed.pull(3));
        runScheduled();
        assertThat(feed.size()).isEqualTo(3);

        feed.cancel();

        assertThat(feed.size()).isZero();
        assertThat(feed.exhausted()).isTrue();
    }

    private void runScheduled() {
        for (Runnable task = scheduled.poll(); task != null; task = scheduled.poll()) {
            task.run();
        }
    }

    private static Item item(String key) {
        return Item.of(key, 0, key);
    }

    /** Answers the second request at once, with b and the end. */
    private static final class Answering implements Subscription {
        private final CoreSubscriber<? super Item> to;
        private int requests;

        Answering(CoreSubscriber<? super Item> to) {
            this.to = to;
        }

        @Override
        public void request(long n) {
            requests++;
            if (requests == 2) {
                to.onNext(item("b"));
                to.onComplete();
            }
        }

        @Override
        public void cancel() {
            // nothing to release
        }
    }
}

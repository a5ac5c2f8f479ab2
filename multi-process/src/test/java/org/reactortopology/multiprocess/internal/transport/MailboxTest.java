package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.test.LeakCheck;

@Timeout(60)
class MailboxTest {

    private static final int POSTERS = 8;
    private static final int EACH = 20_000;

    /** More threads than one, so that only the mailbox keeps tasks apart. */
    private final Lanes lanes = Lanes.computing("topology-mailbox", 4);

    private final Mailbox mailbox = new Mailbox(lanes.scheduler());

    @AfterEach
    void release() {
        lanes.release().block();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void tasksRunOneAtATimeAndEachPostersInOrder() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        int[] next = new int[POSTERS]; // no lock: what the mailbox must make safe
        int[] outOfOrder = {0};
        CountDownLatch all = new CountDownLatch(POSTERS * EACH);
        List<Thread> posters = new ArrayList<>();
        for (int p = 0; p < POSTERS; p++) {
            int poster = p;
            posters.add(new Thread(() -> {
                for (int i = 0; i < EACH; i++) {
                    int number = i;
                    mailbox.post(() -> {
                        overlaps.addAndGet(inside.getAndIncrement());
                        outOfOrder[0] += next[poster]++ == number ? 0 : 1;
                        inside.decrementAndGet();
                        all.countDown();
                    });
                }
            }));
        }
        posters.forEach(Thread::start);
        assertThat(all.await(50, TimeUnit.SECONDS)).isTrue();

        assertThat(overlaps).hasValue(0);
        assertThat(outOfOrder[0]).isZero();
        assertThat(next).containsOnly(EACH);
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheNext() throws Exception {
        CountDownLatch ran = new CountDownLatch(4);
        for (Throwable thrown : List.of(
                new IllegalStateException("expected by the test"),
                new AssertionError("expected by the test"),
                new IOException("expected by the test"))) {
            mailbox.post(() -> {
                ran.countDown();
                sneak(thrown);
            });
        }
        mailbox.post(ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskMayPostAndWhatItPostsComesAfterIt() {
        List<String> order = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        mailbox.post(() -> {
            mailbox.post(() -> {
                order.add("posted");
                done.set(true);
            });
            order.add("poster");
        });
        Received.soon().untilTrue(done);
        assertThat(order).containsExactly("poster", "posted");
    }

    @Test
    void isCurrentIsTrueInATaskOnly() throws Exception {
        boolean[] seen = new boolean[3];
        Mailbox other = new Mailbox(lanes.scheduler());
        CountDownLatch done = new CountDownLatch(2);
        mailbox.post(() -> {
            seen[0] = mailbox.isCurrent();
            seen[1] = other.isCurrent();
            done.countDown();
        });
        other.post(() -> {
            seen[2] = mailbox.isCurrent();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(seen).containsExactly(true, false, false);
        assertThat(mailbox.isCurrent()).isFalse();
    }

    @Test
    void isCurrentIsFalseAgainOnTheThreadThatDrained() throws Exception {
        Lanes one = Lanes.oneThread("topology-one");
        Mailbox drained = new Mailbox(one.scheduler());
        CountDownLatch done = new CountDownLatch(1);
        drained.post(() -> {});
        AtomicBoolean after = new AtomicBoolean(true);
        one.scheduler().schedule(() -> {
            after.set(drained.isCurrent());
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        one.release().block();

        assertThat(after).isFalse();
    }

    @Test
    void afterTheReleaseTasksAreDroppedWithoutAnError() {
        Lanes ended = Lanes.oneThread("topology-ended");
        Mailbox closed = new Mailbox(ended.scheduler());
        ended.release().block();
        AtomicInteger ran = new AtomicInteger();

        closed.post(ran::incrementAndGet);
        closed.post(ran::incrementAndGet);

        assertThat(ran).hasValue(0);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}

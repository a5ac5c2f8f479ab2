package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.test.LeakCheck;

/** What the protocol relies on, of whatever carries its frames. */
@Timeout(60)
abstract class ConnectionContract {

    /** What the ends allow at first. */
    static final int MAX_BODY = 2 * 1024 * 1024;

    private static final int MANY = 1000;

    /** Two ends of one connection. */
    record Ends(Connection left, Connection right) {}

    private Connection left;
    private Connection right;

    /** Connects two ends, each allowing {@link #MAX_BODY}. */
    abstract Ends connect() throws Exception;

    /** Ends all that {@link #connect} started besides the connection. */
    abstract void stop();

    @BeforeEach
    void connectBoth() throws Exception {
        Ends ends = connect();
        left = ends.left();
        right = ends.right();
    }

    @AfterEach
    void nothingIsLeft() {
        left.close();
        right.close();
        stop();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void framesArriveInOrderBothWays() {
        Received atLeft = new Received();
        Received atRight = new Received();
        left.receive(atLeft);
        right.receive(atRight);
        for (int i = 1; i <= MANY; i++) {
            left.send(new Credit(1, i, 0));
            right.send(new Credit(2, i, 0));
        }
        atRight.awaitFrames(MANY);
        atLeft.awaitFrames(MANY);
        assertThat(atRight.numbers()).isEqualTo(oneTo(MANY));
        assertThat(atLeft.numbers()).isEqualTo(oneTo(MANY));
        assertThat(atLeft.runs()).containsOnly(2);
    }

    @Test
    void framesOfOneThreadKeepTheirOrderBesideThoseOfOthers() throws Exception {
        Received atRight = new Received();
        right.receive(atRight);
        List<Thread> senders = new ArrayList<>();
        for (int run = 1; run <= 4; run++) {
            int own = run;
            senders.add(new Thread(() -> oneTo(MANY).forEach(i -> left.send(new Credit(own, i, 0)))));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        atRight.awaitFrames(4 * MANY);
        for (int run = 1; run <= 4; run++) {
            assertThat(atRight.numbersOf(run)).isEqualTo(oneTo(MANY));
        }
    }

    @Test
    void aLargeFrameArrives() {
        byte[] message = new byte[1024 * 1024];
        new Random(1).nextBytes(message);
        Received atRight = new Received();
        right.receive(atRight);

        left.send(new Start(1, message));

        atRight.awaitFrames(1);
        assertThat(((Start) atRight.frames().get(0)).message()).isEqualTo(message);
    }

    @Test
    void nothingIsLostBeforeTheFirstReceiver() {
        for (int i = 1; i <= MANY; i++) {
            left.send(new Credit(1, i, 0));
        }
        Received atRight = new Received();

        right.receive(atRight);

        atRight.awaitFrames(MANY);
        assertThat(atRight.numbers()).isEqualTo(oneTo(MANY));
    }

    @Test
    void whatFollowsTheFrameThatReplacesTheReceiverGoesToTheNext() {
        Received next = new Received();
        Received first = new Received() {
            @Override
            public void frame(Frame frame) {
                super.frame(frame);
                right.receive(next);
            }
        };
        for (int i = 1; i <= 100; i++) {
            left.send(new Credit(1, i, 0));
        }

        right.receive(first);

        next.awaitFrames(99);
        assertThat(first.numbers()).containsExactly(1);
        assertThat(next.numbers()).isEqualTo(oneTo(100).subList(1, 100));
    }

    @Test
    void nothingIsLostWhenAnotherThreadReplacesTheReceiver() {
        Received first = new Received();
        right.receive(first);
        List<Received> all = new ArrayList<>(List.of(first));
        for (int i = 1; i <= MANY; i++) {
            left.send(new Credit(1, i, 0));
            if (i % 100 == 0) {
                Received next = new Received();
                all.add(next);
                right.receive(next);
            }
        }
        Received.soon()
                .until(() -> all.stream().mapToInt(r -> r.frames().size()).sum() == MANY);
        List<Integer> numbers = new ArrayList<>();
        all.forEach(received -> numbers.addAll(received.numbers()));
        assertThat(numbers).isEqualTo(oneTo(MANY));
    }

    @Test
    void theOtherSideSeesTheEndAfterWhatWasSentBefore() {
        Received atLeft = new Received();
        Received atRight = new Received();
        left.receive(atLeft);
        right.receive(atRight);
        for (int i = 1; i <= MANY; i++) {
            left.send(new Credit(1, i, 0));
        }

        left.close();

        atRight.awaitEnd();
        assertThat(atRight.numbers()).isEqualTo(oneTo(MANY));
        assertThat(atRight.causes()).containsExactly((Throwable) null);
        atLeft.awaitEnd();
        assertThat(atLeft.causes()).containsExactly((Throwable) null);
    }

    @Test
    void theEndIsToldOnceHoweverOftenBothSidesClose() {
        Received atLeft = new Received();
        Received atRight = new Received();
        left.receive(atLeft);
        right.receive(atRight);

        for (int i = 0; i < 3; i++) {
            left.close();
            right.close();
        }

        atLeft.awaitEnd();
        atRight.awaitEnd();
        assertThat(atLeft.causes()).hasSize(1);
        assertThat(atRight.causes()).hasSize(1);
    }

    @Test
    void aReceiverThatIsSetAfterTheEndIsToldToo() {
        Received early = new Received();
        right.receive(early);
        left.close();
        early.awaitEnd();
        Received late = new Received();

        right.receive(late);

        late.awaitEnd();
        assertThat(late.causes()).containsExactly((Throwable) null);
    }

    @Test
    void sendingAfterTheEndDoesNothing() {
        Received atRight = new Received();
        right.receive(atRight);
        left.close();
        atRight.awaitEnd();

        for (int i = 0; i < MANY; i++) {
            left.send(new Credit(1, i, 0));
            right.send(new Credit(1, i, 0));
        }
        Received late = new Received();
        right.receive(late);
        late.awaitEnd();

        assertThat(atRight.frames()).isEmpty();
        assertThat(late.frames()).isEmpty();
    }

    @Test
    void aFrameLongerThanAllowedBreaksTheConnection() throws Exception {
        Received atLeft = new Received();
        Received atRight = new Received();
        left.receive(atLeft);
        right.receive(atRight);
        right.allow(100);
        awaitExecuted(right);

        left.send(new Start(1, new byte[100]));
        atRight.awaitFrames(1);
        left.send(new Start(1, new byte[101]));

        atRight.awaitEnd();
        assertThat(atRight.causes()).hasSize(1);
        assertThat(atRight.causes().get(0))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("101")
                .hasMessageContaining("at most 100");
        atLeft.awaitEnd();
        assertThat(atRight.frames()).hasSize(1);
    }

    @Test
    void moreMayBeAllowedLater() throws Exception {
        Received atRight = new Received();
        right.receive(atRight);
        right.allow(100);
        right.allow(200);
        awaitExecuted(right);

        left.send(new Start(1, new byte[200]));

        atRight.awaitFrames(1);
    }

    @Test
    void aReceiverThatThrowsBreaksTheConnection() {
        Received atLeft = new Received();
        ProtocolException thrown = new ProtocolException("not now");
        Received atRight = new Received() {
            @Override
            public void frame(Frame frame) {
                super.frame(frame);
                throw thrown;
            }
        };
        left.receive(atLeft);
        left.send(new Credit(1, 1, 0));
        left.send(new Credit(1, 2, 0));

        right.receive(atRight);

        atRight.awaitEnd();
        atLeft.awaitEnd();
        assertThat(atRight.causes()).hasSize(1);
        assertThat(atRight.causes().get(0)).isSameAs(thrown);
        assertThat(atRight.numbers()).containsExactly(1);
    }

    @Test
    void theReceiverIsCalledOneAtATimeOnTheThreadOfExecute() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        Received atRight = new Received() {
            @Override
            public void frame(Frame frame) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                threads.add(Thread.currentThread());
                super.frame(frame);
                inside.decrementAndGet();
            }
        };
        right.receive(atRight);
        for (int i = 1; i <= MANY; i++) {
            left.send(new Credit(1, i, 0));
            right.execute(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
            });
        }
        atRight.awaitFrames(MANY);
        CountDownLatch done = new CountDownLatch(1);
        Thread[] executed = new Thread[1];
        right.execute(() -> {
            executed[0] = Thread.currentThread();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(most).hasValue(1);
        assertThat(threads).containsOnly(executed[0]);
    }

    @Test
    void aTaskForLaterRunsOnTheSameThreadAndNotBefore() throws Exception {
        right.receive(new Received());
        Thread[] threads = new Thread[2];
        CountDownLatch done = new CountDownLatch(2);
        long start = System.nanoTime();
        long[] after = new long[1];
        right.later(
                () -> {
                    after[0] = System.nanoTime() - start;
                    threads[0] = Thread.currentThread();
                    done.countDown();
                },
                TimeUnit.MILLISECONDS.toNanos(20));
        right.execute(() -> {
            threads[1] = Thread.currentThread();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(after[0]).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(threads[0]).isSameAs(threads[1]);
    }

    private static void awaitExecuted(Connection connection) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        connection.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Integer> oneTo(int last) {
        Integer[] numbers = new Integer[last];
        Arrays.setAll(numbers, i -> i + 1);
        return List.of(numbers);
    }
}

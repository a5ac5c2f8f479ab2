package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import reactor.core.publisher.Mono;

/** What a link lets either side send, against a worker that is a few counters. */
class WorkerLinkTest {

    private static final int RUN = 1;

    /** Keeps what was sent. */
    private static final class Sent implements Connection, WorkerLauncher.Launched {
        private final List<Frame> frames = new ArrayList<>();

        @Override
        public void receive(FrameReceiver receiver) {}

        @Override
        public void send(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void execute(Runnable task) {}

        @Override
        public void allow(int maxBodyBytes) {}

        @Override
        public void close() {}

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public Connection connection() {
            return this;
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return Optional.empty();
        }

        @Override
        public int number() {
            return 0;
        }

        @Override
        public Mono<Void> wanted() {
            return Mono.never();
        }

        @Override
        public void kill() {}

        @Override
        public void giveBack() {}

        @Override
        public Mono<WorkerEnding> ending() {
            return Mono.never();
        }

        <T extends Frame> List<T> take(Class<T> type) {
            List<T> taken =
                    frames.stream().filter(type::isInstance).map(type::cast).toList();
            frames.clear();
            return taken;
        }
    }

    private final Sent sent = new Sent();
    private long now;

    @Test
    void nothingIsGivenBeforeTheWorkerIsReadyAndGaveCredit() {
        WorkerLink link = link(2, 10, 100);
        assertThat(link.room(100)).isZero();
        link.credit(new Credit(RUN, 10, 10));
        assertThat(link.room(100)).isZero();
        link.grantOutcomes();
        assertThat(sent.frames).isEmpty();
        link.ready();
        assertThat(link.room(100)).isEqualTo(5);
        assertThat(link.room(2)).isEqualTo(2);
    }

    @Test
    void itemsEndWhereTheCreditInItemsDoes() {
        WorkerLink link = ready(link(2, 10, 100));
        link.credit(new Credit(RUN, 3, 1000));
        link.grantOutcomes();
        give(link, 0, 3, 1);
        assertThat(link.room(100)).isZero();
        assertThat(answer(link, 0, 1)).isTrue();
        assertThat(link.room(100)).as("an outcome alone gives nothing back").isZero();
        link.credit(new Credit(RUN, 1, 1));
        assertThat(link.room(100)).isEqualTo(1);
    }

    @Test
    void bytesMayBeOverdrawnByOneItem() {
        WorkerLink link = ready(link(2, 10, 100));
        link.credit(new Credit(RUN, 10, 10));
        give(link, 0, 1, 9);
        assertThat(link.room(100)).isPositive();
        give(link, 1, 1, 50);
        assertThat(link.room(100)).isZero();
        link.credit(new Credit(RUN, 1, 49));
        assertThat(link.room(100)).isZero();
        link.credit(new Credit(RUN, 0, 1));
        assertThat(link.room(100)).isPositive();
    }

    @Test
    void itemsTravelInBatchesOfAboutSixtyFourKibibytes() {
        WorkerLink link = ready(link(10, 10, 100));
        link.credit(new Credit(RUN, 100, 1 << 20));
        WorkerLink.Batch batch = link.batch();
        for (int i = 0; i < 5; i++) {
            add(batch, i, new byte[40_000]);
        }
        batch.flush();
        batch.flush();
        assertThat(sent.take(Items.class))
                .extracting(items -> items.entries().size())
                .containsExactly(2, 2, 1);
    }

    @Test
    void aMegabyteIsEnoughUnlessItIsOfVeryFewItems() {
        WorkerLink link = ready(link(1, 100, 100));
        link.credit(new Credit(RUN, 1000, 1L << 30));
        link.grantOutcomes();
        give(link, 0, 2, 600_000);
        assertThat(link.room(100)).as("more than a megabyte, of two items").isEqualTo(1);
        give(link, 2, 1, 600_000);
        assertThat(link.room(100)).as("the window is full").isZero();

        WorkerLink quick = ready(link(1, 100, 100));
        quick.credit(new Credit(RUN, 1000, 1L << 30));
        quick.grantOutcomes();
        give(quick, 0, 3, 1);
        for (int i = 0; i < 3; i++) {
            answer(quick, i, 1);
        }
        now += 5_000_000;
        quick.answeredTogether(100);
        int window = quick.room(1000);
        assertThat(window).as("about 20 ms of items").isBetween(400, 401);
        give(quick, 3, 3, 349_525);
        assertThat(quick.room(1000)).as("a byte less than a megabyte").isEqualTo(window - 3);
        give(quick, 6, 1, 1);
        assertThat(quick.room(1000)).as("a megabyte of four items").isZero();
        answer(quick, 3, 1);
        assertThat(quick.room(1000)).isEqualTo(window - 3);
    }

    @Test
    void anOutcomeBeyondTheCreditIsRefused() {
        WorkerLink link = ready(link(2, 10, 100));
        link.credit(new Credit(RUN, 3, 1000));
        give(link, 0, 1, 1);

        assertThatThrownBy(() -> answer(link, 0, 1))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("with a credit of 0 outcomes");
    }

    @Test
    void aSecondOutcomeIsNone() {
        WorkerLink link = ready(link(2, 10, 100));
        link.credit(new Credit(RUN, 3, 1000));
        link.grantOutcomes();
        give(link, 7, 1, 1);
        assertThat(link.unfinished()).extracting(Flight::key).containsExactly("7");
        assertThat(answer(link, 7, 1)).isTrue();
        assertThat(answer(link, 7, 1)).isFalse();
        assertThat(answer(link, 8, 1)).isFalse();
        assertThat(link.itemsInFlight()).isZero();
    }

    @Test
    void theEndOfItemsIsSaidOnceAndNothingFollowsIt() {
        WorkerLink link = ready(link(2, 10, 100));
        link.credit(new Credit(RUN, 3, 1000));
        link.endItems();
        link.endItems();
        assertThat(sent.take(EndOfItems.class)).hasSize(1);
        assertThat(link.room(100)).isZero();
    }

    @Test
    void theEndWaitsForTheWorkerToBeReadyAndForACheckpoint() {
        WorkerLink early = link(2, 10, 100);
        early.endItems();
        assertThat(sent.take(EndOfItems.class)).isEmpty();
        early.ready();
        assertThat(sent.take(EndOfItems.class)).hasSize(1);

        WorkerLink link = ready(link(2, 5000, 1 << 20, true));
        link.credit(new Credit(RUN, 5000, 1 << 20));
        link.grantOutcomes();
        give(link, 0, 1024, 1);
        link.checkpointIfDue();
        for (int i = 0; i < 1024; i++) {
            answer(link, i, 1);
        }
        assertThat(link.unfinished()).hasSize(1024);
        sent.frames.clear();
        link.endItems();
        assertThat(sent.take(EndOfItems.class)).isEmpty();
        assertThat(link.partial("sum", 3L, 1)).containsEntry("sum", 3L);
        assertThat(sent.take(EndOfItems.class)).hasSize(1);
        assertThat(link.unfinished()).isEmpty();
        assertThat(link.isCommitted()).as("the last accumulators have not come").isFalse();
        link.partial("sum", 0L, 1);
        assertThat(link.isCommitted()).isTrue();
    }

    @Test
    void theFirstGrantIsTheWholeShareAndSmallOnesAreSaved() {
        WorkerLink link = ready(link(2, 8, 800));
        link.grantOutcomes();
        link.grantOutcomes();
        assertThat(sent.take(Credit.class)).containsExactly(new Credit(RUN, 8, 800));
        link.credit(new Credit(RUN, 10, 1000));
        give(link, 0, 4, 1);
        answer(link, 0, 10);
        link.places().free(10);
        link.grantOutcomes();
        assertThat(sent.take(Credit.class)).isEmpty();
        answer(link, 1, 10);
        link.places().free(10);
        link.grantOutcomes();
        assertThat(sent.take(Credit.class)).containsExactly(new Credit(RUN, 2, 20));
    }

    /** Whatever the order of events: items within the worker's credit, outcomes that wait within the share, and no stand-still. */
    @Test
    void noSideEverSendsMoreThanItMay() {
        for (int share : new int[] {1, 2, 10, 100}) {
            simulate(share, 100L, System.nanoTime());
        }
    }

    private void simulate(int share, long byteShare, long seed) {
        Random random = new Random(seed);
        String what = "share " + share + ", seed " + seed;
        int most = 40;
        long mayTakeItems = 7;
        long mayTakeBytes = 50;
        Deque<Items.Entry> atWorker = new ArrayDeque<>();
        Deque<Integer> waiting = new ArrayDeque<>();
        long mayAnswer = 0;
        long mayAnswerBytes = 0;
        long heldBytes = 0;
        long next = 0;
        long done = 0;
        WorkerLink link = ready(link(2, share, byteShare));
        link.credit(new Credit(RUN, (int) mayTakeItems, mayTakeBytes));
        for (int step = 0; step < 20_000; step++) {
            link.grantOutcomes();
            for (Credit credit : sent.take(Credit.class)) {
                mayAnswer += credit.items();
                mayAnswerBytes += credit.bytes();
            }
            switch (random.nextInt(3)) {
                case 0 -> {
                    WorkerLink.Batch batch = link.batch();
                    while (link.room(Long.MAX_VALUE) > 0) {
                        add(batch, next++, new byte[random.nextInt(most)]);
                    }
                    batch.flush();
                    for (Items items : sent.take(Items.class)) {
                        for (Items.Entry entry : items.entries()) {
                            assertThat(heldBytes).as(what).isLessThan(mayTakeBytes);
                            heldBytes += entry.payload().length;
                            atWorker.add(entry);
                        }
                    }
                    assertThat((long) atWorker.size()).as(what).isLessThanOrEqualTo(mayTakeItems);
                }
                case 1 -> {
                    if (!atWorker.isEmpty() && mayAnswer > 0 && mayAnswerBytes > 0) {
                        Items.Entry entry = atWorker.remove();
                        int bytes = 1 + random.nextInt(most);
                        mayAnswer--;
                        mayAnswerBytes -= bytes;
                        heldBytes -= entry.payload().length;
                        assertThat(answer(link, entry.sequence(), bytes)).isTrue();
                        link.credit(new Credit(RUN, 1, entry.payload().length));
                        waiting.add(bytes);
                        done++;
                    }
                }
                default -> {
                    if (!waiting.isEmpty()) {
                        link.places().free(waiting.remove());
                    }
                }
            }
            assertThat(waiting.size() + mayAnswer).as(what).isLessThanOrEqualTo(share);
            assertThat(waiting.stream().mapToInt(bytes -> bytes).sum()).as(what).isLessThan((int) byteShare + most + 1);
        }
        assertThat(done).as(what).isGreaterThan(1000);
    }

    private void give(WorkerLink link, long from, int items, int bytes) {
        WorkerLink.Batch batch = link.batch();
        for (long i = from; i < from + items; i++) {
            add(batch, i, new byte[bytes]);
        }
        batch.flush();
    }

    private static void add(WorkerLink.Batch batch, long number, byte[] payload) {
        batch.add(new Flight(item(number), number), OutcomeKind.DONE, payload, null);
    }

    private static Item item(long index) {
        return Item.of(Long.toString(index), index, "value");
    }

    /** The item's outcome comes in: whether it is one that counts. */
    private static boolean answer(WorkerLink link, long number, int bytes) {
        Outcomes.Entry entry = new Outcomes.Entry(number, OutcomeKind.DONE, new byte[bytes]);
        Flight flight = link.answered(entry);
        return flight != null && link.isNews(flight, entry);
    }

    private static WorkerLink ready(WorkerLink link) {
        link.ready();
        return link;
    }

    private WorkerLink link(int threads, int outcomes, long outcomeBytes) {
        return link(threads, outcomes, outcomeBytes, false);
    }

    private WorkerLink link(int threads, int outcomes, long outcomeBytes, boolean aggregating) {
        Duration second = Duration.ofSeconds(1);
        RunSettings settings =
                new RunSettings(1, threads, outcomes, outcomeBytes, 1000, second, 1, second, second, false);
        return new WorkerLink(RUN, sent, settings, new Places(), aggregating, 0, 0, () -> now);
    }
}

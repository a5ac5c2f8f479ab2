package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.Segment;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a coordinator takes from a worker that claims values to lie in shared memory. */
class WorkerDialogueTest {

    private static final int RUN = 1;
    private static final int MOST_BYTES = 1000;

    private final Segment memory = Segment.inMemory(64 * 1024);
    private final TopologyPlan plan = Topology.named("one")
            .source("n", Series.range(0, 1, 1))
            .map("work", cpu(n -> n))
            .build()
            .plan();
    private int answered;

    @Test
    void aClaimOfAsMuchAsAnItemMayHaveIsTakenAndFreed() {
        Claims worker = memory.ofWorker(1);
        Claim claim = worker.writer().write(new byte[MOST_BYTES]);
        WorkerLink link = link(memory.ofCoordinator(1));

        dialogue().heard(link, outcome(claim));

        assertThat(answered).isEqualTo(1);
        assertThat(link.itemsInFlight()).isZero();
        assertThat(worker.writer().write(new byte[64 * 1024]))
                .as("all of it is free")
                .isNotNull();
    }

    @Test
    void aClaimOfMoreThanAnItemMayHaveIsRefused() {
        Claim claim = memory.ofWorker(1).writer().write(new byte[MOST_BYTES + 1]);
        WorkerLink link = link(memory.ofCoordinator(1));

        assertThatThrownBy(() -> dialogue().heard(link, outcome(claim)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(Integer.toString(MOST_BYTES + 1));
        assertThat(answered).isZero();
        assertThat(link.itemsInFlight()).isEqualTo(1);
    }

    @Test
    void aClaimWithoutMemoryIsRefused() {
        Claim claim = memory.ofWorker(1).writer().write(new byte[1]);

        assertThatThrownBy(() -> dialogue().heard(link(null), outcome(claim)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("of which it was given none");
    }

    private static Frame outcome(@Nullable Claim claim) {
        return new Outcomes(RUN, List.of(new Outcomes.Entry(0, "", OutcomeKind.DONE, new byte[0], null, claim)));
    }

    private WorkerDialogue dialogue() {
        OutcomePort port = new OutcomePort(new Mailbox(Schedulers.immediate()), Schedulers.immediate(), 10, () -> {});
        return new WorkerDialogue(
                WorkerSlice.of(plan).orElseThrow(),
                "fingerprint",
                new TaggedCodec.Factory().create(List.of()),
                MOST_BYTES,
                port,
                new WorkStats(plan),
                (name, value) -> {},
                link -> {},
                () -> answered++);
    }

    /** Ready, and with one item. */
    private static WorkerLink link(@Nullable Claims claims) {
        Duration second = Duration.ofSeconds(1);
        RunSettings settings = new RunSettings(1, 1, 10, 1 << 20, MOST_BYTES, second, 1, second, second, false);
        WorkerLink link = new WorkerLink(RUN, new Silent(claims), settings, new Places(), false, 0, 0, () -> 0L);
        link.ready();
        link.credit(new Credit(RUN, 10, 1 << 20));
        link.grantOutcomes();
        link.batch().add(new Flight(Item.of("k", 0, "value"), 0), OutcomeKind.DONE, new byte[1], null);
        return link;
    }

    /** A worker of which only the memory matters. */
    private record Silent(@Nullable Claims claims) implements WorkerLauncher.Launched, Connection {

        @Override
        public int number() {
            return 0;
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public Connection connection() {
            return this;
        }

        @Override
        public Mono<WorkerEnding> ending() {
            return Mono.never();
        }

        @Override
        public Optional<Set<Long>> busyWith() {
            return Optional.empty();
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
        public void receive(FrameReceiver receiver) {}

        @Override
        public void send(Frame frame) {}

        @Override
        public void execute(Runnable task) {}

        @Override
        public void allow(int maxBodyBytes) {}

        @Override
        public void close() {}
    }
}

package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.Segment;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.transport.Received;
import org.reactortopology.multiprocess.internal.wire.Broken;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.FrameType;
import org.reactortopology.multiprocess.internal.wire.Free;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.Ready;
import org.reactortopology.multiprocess.internal.wire.Refused;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.multiprocess.internal.wire.Welcome;
import org.reactortopology.test.LeakCheck;

/** What a worker does with frames that are out of place. */
@Timeout(60)
class WorkerSessionTest {

    private final Lanes thread = Lanes.oneThread("topology-in-memory");
    private final InMemoryConnection.Ends ends = InMemoryConnection.pair(thread.scheduler());
    private final List<WorkerSession.End> ended = new CopyOnWriteArrayList<>();
    private final Received coordinator = new Received();

    WorkerSessionTest() {
        ends.left().receive(coordinator);
        ends.right().receive(new WorkerSession(ends.right(), BlackBox.inMemory(), ended::add));
    }

    @AfterEach
    void nothingIsLeft() {
        ends.left().close();
        thread.release().block();
        LeakCheck.awaitNoThread("topology-");
    }

    static Stream<Frame> outOfPlace() {
        return Stream.of(
                new Items(1, List.of(new Items.Entry(0, "k", OutcomeKind.DONE, new byte[1]))),
                new Credit(1, 1, 1),
                new EndOfItems(1),
                new Ready(1, "f"),
                new Finished(1),
                new Stats(1, List.of(), List.of()),
                new Partial(1, "a", new byte[1]),
                new Welcome(new byte[32]));
    }

    @ParameterizedTest
    @MethodSource("outOfPlace")
    void aFrameOutOfPlaceEndsTheSessionAndTheConnection(Frame frame) {
        ends.left().send(frame);
        coordinator.awaitEnd();
        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.PROTOCOL);
    }

    @Test
    void cancelWithoutARunIsNothingAndGoodbyeEnds() {
        ends.left().send(new Cancel(1));
        ends.left().send(new Goodbye());
        ends.left().send(new Finished(1));
        ends.left().close();
        coordinator.awaitEnd();
        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.GOODBYE);
    }

    @Test
    void theEndOfTheConnectionWithoutAGoodbyeIsALoss() {
        ends.left().close();
        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.LOST);
    }

    @Test
    void aStartThatIsNoMessageIsRefused() {
        ends.left().send(new Start(9, new byte[] {1, 2, 3}));
        coordinator.awaitFrames(1);
        assertThat(coordinator.frames().get(0)).isInstanceOf(Refused.class);
        assertThat(coordinator.frames().get(0).run()).isEqualTo(9);
        assertThat(ended).isEmpty();
    }

    @Test
    void aRunThatWasRefusedIsFreeWhenItIsCancelledAndAnotherMayCome() {
        ends.left().send(new Start(9, new byte[] {1, 2, 3}));
        coordinator.awaitFrames(1);
        ends.left().send(new Cancel(9));
        ends.left().send(new Credit(9, 1, 1));
        coordinator.awaitFrames(2);
        assertThat(coordinator.frames().get(1)).isEqualTo(new Free(9));

        ends.left().send(new Start(10, new byte[] {1, 2, 3}));
        coordinator.awaitFrames(3);
        assertThat(coordinator.frames().get(2).run()).isEqualTo(10);
        assertThat(ended).isEmpty();
    }

    @Test
    void anotherStartBeforeTheRunIsFreeEndsTheSession() {
        ends.left().send(new Start(9, new byte[] {1, 2, 3}));
        ends.left().send(new Start(10, new byte[] {1, 2, 3}));
        coordinator.awaitEnd();
        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.PROTOCOL);
    }

    @Test
    void oneRunAfterTheOtherIsServedToItsEnd() {
        for (int run : new int[] {1, 2, 3}) {
            int before = coordinator.frames().size();
            ends.left().send(new Start(run, start()));
            coordinator.awaitFrames(before + 2); // READY, CREDIT
            ends.left().send(new Credit(run, 10, 1000));
            ends.left().send(new EndOfItems(run));
            coordinator.awaitFrames(before + 5); // STATS, FINISHED, FREE
            ends.left().send(new Credit(run, 1, 1)); // which crossed FINISHED
            assertThat(coordinator.frames().subList(before, before + 5))
                    .extracting(Frame::type)
                    .containsExactly(
                            FrameType.READY, FrameType.CREDIT, FrameType.STATS, FrameType.FINISHED, FrameType.FREE);
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void aRunThatIsCancelledInTheMiddleIsFreeWhenItsLanesHaveEnded() {
        ends.left().send(new Start(4, start()));
        coordinator.awaitFrames(2);
        ends.left().send(new Cancel(4));
        ends.left().send(new EndOfItems(4)); // too late, and ignored
        coordinator.awaitFrames(3);
        assertThat(coordinator.frames().get(2)).isEqualTo(new Free(4));
        LeakCheck.awaitNoThread("topology-cpu");
        assertThat(ended).isEmpty();
    }

    @Test
    void aClaimWhoseMemoryIsGoneEndsTheSessionRatherThanTheItem(@TempDir Path temporary) throws IOException {
        Path file = temporary.resolve("claims");
        Segment here = Segment.create(file, 64 * 1024);
        Segment there = Segment.open(file);
        ends.right().receive(new WorkerSession(ends.right(), BlackBox.inMemory(), there.ofWorker(1), ended::add));
        Claim claim = here.ofCoordinator(1).writer().write(new byte[100]);
        ends.left().send(new Start(1, start()));
        coordinator.awaitFrames(2);
        ends.left().send(new Credit(1, 10, 1000));
        here.discard(); // as whoever cuts the file short

        ends.left().send(new Items(1, List.of(new Items.Entry(0, "k", OutcomeKind.DONE, new byte[0], claim))));

        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.PROTOCOL);
        assertThat(coordinator.frames()).doesNotHaveAnyElementsOfTypes(Outcomes.class, Broken.class);
        there.discard();
    }

    @Test
    void aClaimOfMoreThanAnItemMayHaveEndsTheSession() {
        Segment memory = Segment.inMemory(64 * 1024);
        ends.right().receive(new WorkerSession(ends.right(), BlackBox.inMemory(), memory.ofWorker(1), ended::add));
        Claim claim = memory.ofCoordinator(1).writer().write(new byte[1001]);
        ends.left().send(new Start(1, start()));
        coordinator.awaitFrames(2);

        ends.left().send(new Items(1, List.of(new Items.Entry(0, "k", OutcomeKind.DONE, new byte[0], claim))));

        Received.soon().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.PROTOCOL);
    }

    @Test
    void whatWasClaimedInAnEarlierRunIsTakenBack() {
        Segment memory = Segment.inMemory(64 * 1024);
        Claims claims = memory.ofWorker(1);
        ends.right().receive(new WorkerSession(ends.right(), BlackBox.inMemory(), claims, ended::add));
        assertThat(claims.writer().write(new byte[64 * 1024])).isNotNull();
        assertThat(claims.writer().write(new byte[1])).isNull();

        ends.left().send(new Start(1, start()));
        coordinator.awaitFrames(2);

        assertThat(claims.writer().write(new byte[64 * 1024])).isNotNull();
    }

    private static byte[] start() {
        return new StartMessage(
                        Doubling.class.getName(),
                        String.class.getName(),
                        StartMessage.tree("x"),
                        Topology.from(Doubling.class, "x").fingerprint(),
                        TaggedCodec.Factory.class.getName(),
                        1,
                        1000,
                        10,
                        1000,
                        0,
                        false,
                        Map.of())
                .encode();
    }

    /** One work. */
    static final class Doubling implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String params) {
            return Topology.named("doubling")
                    .source("n", Series.range(0, 3, 1))
                    .map("double", cpu((Long n) -> 2 * n))
                    .build();
        }
    }
}

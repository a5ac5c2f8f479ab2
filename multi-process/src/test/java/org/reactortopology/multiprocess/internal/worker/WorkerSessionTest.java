package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.transport.InMemoryConnection;
import org.reactortopology.multiprocess.internal.transport.Received;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.EndOfItems;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
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
                new Stats(1, List.of()),
                new Partial(1, "a", new byte[1]),
                new Welcome(new byte[32]));
    }

    @ParameterizedTest
    @MethodSource("outOfPlace")
    void aFrameOutOfPlaceEndsTheSessionAndTheConnection(Frame frame) {
        ends.left().send(frame);
        coordinator.awaitEnd();
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.PROTOCOL);
    }

    @Test
    void cancelWithoutARunIsNothingAndGoodbyeEnds() {
        ends.left().send(new Cancel(1));
        ends.left().send(new Goodbye());
        ends.left().send(new Finished(1));
        ends.left().close();
        coordinator.awaitEnd();
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(WorkerSession.End.GOODBYE);
    }

    @Test
    void theEndOfTheConnectionWithoutAGoodbyeIsALoss() {
        ends.left().close();
        await().until(() -> !ended.isEmpty());
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
}

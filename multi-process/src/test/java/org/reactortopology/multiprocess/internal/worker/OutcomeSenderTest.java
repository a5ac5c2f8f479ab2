package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Large;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.RawArray;
import org.reactortopology.multiprocess.internal.wire.Stats;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How outcomes are put together into frames. */
class OutcomeSenderTest {

    private static final int RUN = 1;

    private final List<Frame> frames = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Test
    void aFrameHoldsSixtyFourKibibytesOfBodies() {
        assertThat(entriesOfFrames(i -> null, 4096)).containsExactly(16, 16, 8);
    }

    @Test
    void anArrayIsCountedOnceToo() {
        RawArray array = new RawArray(new byte[4096]);
        assertThat(entriesOfFrames(i -> array, 0)).containsExactly(16, 16, 8);
    }

    @Test
    void aClaimCountsAsWhatItStandsFor() {
        assertThat(entriesOfFrames(i -> new Claim((int) i, 0, 32 * 1024, 0), 0))
                .hasSize(20)
                .containsOnly(2);
    }

    private interface Values {
        Large of(long number);
    }

    private List<Integer> entriesOfFrames(Values large, int bytes) {
        OutcomeSender sender = new OutcomeSender(
                RUN,
                new Recorded(),
                new Credit(RUN, 100, 100),
                () -> new Stats(RUN, List.of(), List.of()),
                List::of,
                Mono.never(),
                how -> {});
        Flux.fromStream(LongStream.range(0, 40)
                        .mapToObj(i -> new Outcomes.Entry(i, "", OutcomeKind.DONE, new byte[bytes], null, large.of(i))))
                .concatWith(Flux.never())
                .subscribe(sender);
        sender.credit(new Credit(RUN, 100, 1 << 24));
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return frames.stream()
                .filter(Outcomes.class::isInstance)
                .map(frame -> ((Outcomes) frame).entries().size())
                .toList();
    }

    private final class Recorded implements Connection {
        @Override
        public void receive(FrameReceiver receiver) {}

        @Override
        public void send(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void allow(int maxBodyBytes) {}

        @Override
        public void close() {}
    }
}

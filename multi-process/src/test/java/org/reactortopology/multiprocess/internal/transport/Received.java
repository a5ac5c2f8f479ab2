package org.reactortopology.multiprocess.internal.transport;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Frame;

/** Keeps what came in. */
public class Received implements FrameReceiver {

    /** Guarded by this, like the causes. */
    private final List<Frame> frames = new ArrayList<>();

    private final List<Throwable> causes = new ArrayList<>();

    @Override
    public synchronized void frame(Frame frame) {
        frames.add(frame);
    }

    @Override
    public synchronized void closed(Throwable cause) {
        causes.add(cause);
    }

    /** The frames so far. */
    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** What the end was told with, once for each time it was told; null for a normal one. */
    public synchronized List<Throwable> causes() {
        return new ArrayList<>(causes);
    }

    /** Waits for so many frames. */
    public void awaitFrames(int count) {
        soon().until(() -> frames().size() >= count);
    }

    /** Waits for the end. */
    public void awaitEnd() {
        soon().until(() -> !causes().isEmpty());
    }

    /** Waits a minute at most; looks at once, and often. */
    public static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    List<Integer> numbers() {
        return frames().stream().map(frame -> ((Credit) frame).items()).toList();
    }

    List<Integer> numbersOf(int run) {
        return frames().stream()
                .filter(frame -> frame.run() == run)
                .map(frame -> ((Credit) frame).items())
                .toList();
    }

    List<Integer> runs() {
        return frames().stream().map(Frame::run).toList();
    }
}

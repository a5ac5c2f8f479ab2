package org.reactortopology.internal.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.SliceEngine.RunningItem;
import org.reactortopology.spi.TopologyPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Warns once when a run has not moved for the time that the topology sets: looks at the counters that are kept anyway, once in that time, so that it
 * notices after once to twice as long. The works know nothing of it.
 */
final class StallWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final int KEYS_SHOWN = 10;

    private final TopologyPlan plan;
    private final RunRecorder recorder;
    private final Disposable.Swap timer = Disposables.swap();

    /** Confined to the timer. */
    private long movesBefore = -1;

    private boolean told;

    StallWatch(TopologyPlan plan, RunRecorder recorder) {
        this.plan = plan;
        this.recorder = recorder;
    }

    void start() {
        if (!plan.stallAfter().isZero()) {
            timer.update(Flux.interval(plan.stallAfter()).onBackpressureDrop().subscribe(tick -> look()));
        }
    }

    void stop() {
        timer.dispose();
    }

    private void look() {
        long moves = recorder.moves();
        if (moves != movesBefore) {
            movesBefore = moves;
            told = false;
        } else if (!told) {
            told = true;
            LOG.warn(
                    "topology '{}': nothing has moved for {} ms; {}",
                    plan.name(),
                    plan.stallAfter().toMillis(),
                    why());
        }
    }

    private String why() {
        List<RunningItem> running = recorder.running();
        List<QueueDepth> queues = recorder.queues();
        // a buffer asks for more only when three quarters are taken, so a blocked one need not be full
        Optional<QueueDepth> blocked =
                queues.stream().filter(queue -> queue.depth() > 0).reduce((first, later) -> later);
        String edge = blocked.map(queue -> "blocked edge " + queue.edge() + " holds " + queue.depth() + " of "
                        + queue.capacity() + " items; ")
                .orElse("no buffer holds an item; ");
        Progress progress = recorder.progress();
        String counts = progress.taken() + " items taken, " + progress.endedOfSource() + " ended";
        return edge + inFlight(running) + "; " + counts;
    }

    private static String inFlight(List<RunningItem> running) {
        if (running.isEmpty()) {
            return "no work of this JVM runs: it waits for the source, for demand, or for workers";
        }
        String keys = running.stream()
                .limit(KEYS_SHOWN)
                .map(item -> "'" + item.key() + "' in '" + item.work() + "'")
                .collect(Collectors.joining(", "));
        return "in flight " + keys
                + (running.size() > KEYS_SHOWN ? " and " + (running.size() - KEYS_SHOWN) + " more" : "");
    }
}

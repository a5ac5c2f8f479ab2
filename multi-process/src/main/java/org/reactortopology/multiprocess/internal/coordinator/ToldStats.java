package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.WorkStats;

/** What a worker has told of its works and buffers. Confined to the mailbox, but for the buffers. */
final class ToldStats {

    private @Nullable Stats last;

    /** Written by the mailbox, read by anyone who looks. */
    private volatile List<Stats.Queue> queues = List.of();

    /** Adds what the works, of those places in the plan, have done since the last time. */
    void add(Stats stats, List<Integer> ofWorks, WorkStats works) {
        if (stats.works().size() != ofWorks.size()) {
            throw new ProtocolException(
                    "STATS count " + stats.works().size() + " works: the slice has " + ofWorks.size());
        }
        for (int i = 0; i < stats.works().size(); i++) {
            Stats.Entry now = stats.works().get(i);
            Stats.Entry before =
                    last == null ? new Stats.Entry(0, 0, 0) : last.works().get(i);
            works.add(
                    ofWorks.get(i),
                    now.calls() - before.calls(),
                    now.failures() - before.failures(),
                    now.nanos() - before.nanos());
        }
        last = stats;
        queues = stats.queues();
    }

    /** The buffers as they were then. Any thread. */
    List<Stats.Queue> queues() {
        return queues;
    }
}

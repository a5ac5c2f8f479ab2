package org.reactortopology.multiprocess.internal.coordinator;

import java.util.List;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.internal.payload.FailureCodec;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Makes an outcome of what a worker sent. */
final class WorkerOutcome {

    private WorkerOutcome() {}

    /** The item's outcome; a value that cannot be decoded makes it fail in the last work. */
    static Outcome<Object> decode(Item item, Outcomes.Entry entry, Codec codec, TopologyPlan plan) {
        if (entry.kind() == OutcomeKind.FAILED) {
            FailureCodec.Failure failure = FailureCodec.decode(entry.body());
            return new Outcome.Failed<>(item.key(), item.index(), failure.work(), failure.cause());
        }
        try {
            return new Outcome.Done<>(item.key(), item.index(), codec.decode(entry.body()));
        } catch (RuntimeException
                | LinkageError
                | AssertionError
                | StackOverflowError e) { // a codec of the user's may throw anything, and an outcome must come of it
            return new Outcome.Failed<>(item.key(), item.index(), lastName(plan), e);
        }
    }

    private static String lastName(TopologyPlan plan) {
        List<Step.WorkStep> works = plan.works();
        return works.isEmpty()
                ? plan.source().name()
                : works.get(works.size() - 1).name();
    }
}

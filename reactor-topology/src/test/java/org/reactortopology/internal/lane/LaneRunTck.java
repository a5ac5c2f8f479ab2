package org.reactortopology.internal.lane;

import java.util.List;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams rules for a subscriber, for the upstream side of a hop. */
public class LaneRunTck extends SubscriberWhiteboxVerification<Integer> {

    public LaneRunTck() {
        super(new TestEnvironment(1000, 50));
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    @Override
    public Subscriber<Integer> createSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
        return new LaneRun<>(
                new ProbedDownstream(probe),
                List.of(item -> item),
                Runnable::run,
                Bound.items(4),
                new QueueGauge("edge", 4, Long.MAX_VALUE));
    }
}

package org.reactortopology.internal.lane;

import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams rules for a subscriber, for the upstream side of a queue. */
public class QueueRunTck extends SubscriberWhiteboxVerification<Integer> {

    public QueueRunTck() {
        super(new TestEnvironment(1000, 50));
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }

    @Override
    public Subscriber<Integer> createSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
        return new QueueRun<>(new ProbedDownstream(probe), Bound.items(4), new QueueGauge("edge", 4, Long.MAX_VALUE));
    }
}

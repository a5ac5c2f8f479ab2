package org.reactortopology.internal.lane;

import java.util.List;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

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
        BaseSubscriber<Integer> downstream = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                probe.registerOnSubscribe(new SubscriberPuppet() {
                    @Override
                    public void triggerRequest(long items) {
                        request(items);
                    }

                    @Override
                    public void signalCancel() {
                        cancel();
                    }
                });
            }

            @Override
            protected void hookOnNext(Integer item) {
                probe.registerOnNext(item);
            }

            @Override
            protected void hookOnComplete() {
                probe.registerOnComplete();
            }

            @Override
            protected void hookOnError(Throwable error) {
                probe.registerOnError(error);
            }

            @Override
            protected void hookFinally(SignalType type) {}
        };
        return new LaneRun<>(
                downstream,
                List.of(item -> item),
                Runnable::run,
                Bound.items(4),
                new QueueGauge("edge", 4, Long.MAX_VALUE));
    }
}

package org.reactortopology.internal.lane;

import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import reactor.core.publisher.BaseSubscriber;

/** Tells a probe what comes out below the subscriber under test, and asks for what the probe wants. */
final class ProbedDownstream extends BaseSubscriber<Integer> {

    private final WhiteboxSubscriberProbe<Integer> probe;

    ProbedDownstream(WhiteboxSubscriberProbe<Integer> probe) {
        this.probe = probe;
    }

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
}

package org.reactortopology.job.internal.run;

import java.util.List;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.reactivestreams.tck.SubscriberWhiteboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** The Reactive Streams rules for a subscriber, for the upstream side of the ledger. */
public class GroupCommitTck extends SubscriberWhiteboxVerification<Integer> {

    public GroupCommitTck() {
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
        GroupCommit<Integer> commit = new GroupCommit<>(downstream, Runnable::run, Runnable::run, 4, new Memory());
        downstream.onSubscribe(commit);
        return commit;
    }

    private static final class Memory implements GroupLog<Integer> {

        @Override
        public List<Integer> write(List<Integer> group) {
            return group;
        }

        @Override
        public Throwable failed(Throwable cause, List<Integer> lost) {
            return cause;
        }

        @Override
        public void late(List<Integer> lost) {}

        @Override
        public Mono<Void> end() {
            return Mono.empty();
        }
    }
}

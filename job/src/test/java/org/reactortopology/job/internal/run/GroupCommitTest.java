package org.reactortopology.job.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

class GroupCommitTest {

    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Groups log = new Groups();
    private final TestPublisher<Integer> source = TestPublisher.create();
    private final Downstream downstream = new Downstream();

    @Test
    void whatWaitsIsWrittenAsOneGroupBeforeItIsEmitted() {
        subscribe(8);
        downstream.request(5);
        work();
        source.next(1, 2, 3);
        assertThat(downstream.got).isEmpty();

        log.onWrite = () -> assertThat(downstream.got).isEmpty();
        work();

        assertThat(log.groups).containsExactly(List.of(1, 2, 3));
        assertThat(downstream.got).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void asksForWhatIsWantedAndFits(int buffer) {
        List<Long> asked = new ArrayList<>();
        GroupCommit<Integer> commit = commit(buffer);
        downstream.onSubscribe(commit);
        source.flux().doOnRequest(asked::add).subscribe(commit);

        downstream.request(7);
        work();
        assertThat(sum(asked)).isEqualTo(Math.min(7, buffer));

        int sent = 0;
        while (sent < 7) {
            source.next(sent++);
            work();
            assertThat(sum(asked)).isLessThanOrEqualTo(7);
            assertThat(sum(asked) - sent).isLessThanOrEqualTo(buffer);
        }
        assertThat(sum(asked)).isEqualTo(7);
        assertThat(downstream.got).hasSize(7);
    }

    @Test
    void nothingIsAskedForWithoutDemand() {
        subscribe(8);
        work();

        source.assertWasSubscribed();
        source.assertWasNotRequested();
        assertThat(log.groups).isEmpty();
    }

    @Test
    void anErrorComesBehindWhatHasArrived() {
        subscribe(8);
        downstream.request(5);
        work();
        source.next(1, 2).error(new IllegalStateException("broken"));
        work();

        assertThat(downstream.got).containsExactly(1, 2);
        assertThat(log.groups).containsExactly(List.of(1, 2));
        assertThat(downstream.error).hasMessage("broken");
    }

    @Test
    void aGroupThatCannotBeWrittenCancelsUpstreamAndIsNotEmitted() {
        subscribe(8);
        downstream.request(5);
        work();
        log.onWrite = () -> {
            throw new IllegalStateException("full");
        };
        source.next(1, 2);
        work();

        assertThat(downstream.got).isEmpty();
        assertThat(downstream.error).hasMessage("lost [1, 2]: full");
        source.assertCancelled();
    }

    @Test
    void anErrorOfTheLogIsTheEndAsWell() {
        subscribe(8);
        downstream.request(5);
        work();
        log.onWrite = () -> {
            throw new StackOverflowError("deep");
        };
        source.next(1, 2);
        work();

        assertThat(downstream.error).hasMessage("lost [1, 2]: deep");
        source.assertCancelled();
    }

    @Test
    void whatComesUntilTheEndIsToldToBeLost() {
        Sinks.Empty<Void> closed = Sinks.empty();
        log.end = closed.asMono();
        GroupCommit<Integer> commit = subscribe(8);
        downstream.request(5);
        work();
        log.onWrite = () -> {
            throw new IllegalStateException("full");
        };
        source.next(1, 2);
        work();
        commit.onNext(3); // upstream has not yet heard that it is cancelled
        work();
        commit.onNext(4);
        closed.tryEmitEmpty();
        assertThat(downstream.error).hasMessage("lost [1, 2, 3, 4]: full");

        commit.onNext(5);
        work();
        assertThat(log.late).containsExactly(5);
    }

    @Test
    void endsWithoutAnUpstream() {
        GroupCommit<Integer> commit = commit(8);
        downstream.onSubscribe(commit);
        downstream.request(1);
        work();
        assertThat(downstream.completed).isFalse();

        commit.over();

        assertThat(downstream.completed).isTrue();
    }

    @Test
    void whatHadArrivedIsWrittenAfterACancellation() {
        subscribe(8);
        downstream.request(5);
        work();
        source.next(1, 2);
        downstream.cancel();
        work();

        source.assertCancelled();
        assertThat(log.groups).containsExactly(List.of(1, 2));
        assertThat(downstream.got).isEmpty();
    }

    @Test
    void cancellingWhileAGroupIsEmittedEmitsNoMore() {
        downstream.most = 1;
        subscribe(8);
        downstream.request(5);
        work();
        source.next(1, 2, 3);
        work();

        assertThat(downstream.got).containsExactly(1);
        source.assertCancelled();
    }

    @Test
    void aFailureFromOutsideComesBehindWhatHasArrived() {
        GroupCommit<Integer> commit = subscribe(8);
        downstream.request(5);
        work();
        source.next(1);
        commit.fail(new IllegalStateException("unkept"));
        work();

        assertThat(downstream.got).containsExactly(1);
        assertThat(downstream.error).hasMessage("unkept");
        source.assertCancelled();
    }

    @Test
    void whatTheEndBringsReplacesCompletion() {
        log.end = Mono.error(new IllegalStateException("vanished"));
        subscribe(8);
        downstream.request(5);
        work();
        source.next(1).complete();
        work();

        assertThat(downstream.got).containsExactly(1);
        assertThat(downstream.error).hasMessage("vanished");
    }

    @Test
    void completesBehindTheLastGroup() {
        subscribe(2);
        downstream.request(5);
        work();
        source.next(1, 2).complete();
        assertThat(downstream.completed).isFalse();
        work();

        assertThat(downstream.got).containsExactly(1, 2);
        assertThat(downstream.completed).isTrue();
    }

    private GroupCommit<Integer> subscribe(int buffer) {
        GroupCommit<Integer> commit = commit(buffer);
        downstream.onSubscribe(commit);
        source.subscribe(commit);
        return commit;
    }

    private GroupCommit<Integer> commit(int buffer) {
        return new GroupCommit<>(downstream, thread::add, Runnable::run, buffer, log);
    }

    /** Lets the thread of the ledger run. */
    private void work() {
        for (Runnable task = thread.poll(); task != null; task = thread.poll()) {
            task.run();
        }
    }

    private static long sum(List<Long> asked) {
        return asked.stream().mapToLong(Long::longValue).sum();
    }

    private static final class Groups implements GroupLog<Integer> {
        final List<List<Integer>> groups = new ArrayList<>();
        final List<Integer> late = new ArrayList<>();
        Runnable onWrite = () -> {};
        Mono<Void> end = Mono.empty();

        @Override
        public List<Integer> write(List<Integer> group) {
            onWrite.run();
            groups.add(group);
            return group;
        }

        @Override
        public void late(List<Integer> lost) {
            late.addAll(lost);
        }

        @Override
        public Throwable failed(Throwable cause, List<Integer> lost) {
            return new IllegalStateException("lost " + lost + ": " + cause.getMessage(), cause);
        }

        @Override
        public Mono<Void> end() {
            return end;
        }
    }

    private static final class Downstream extends BaseSubscriber<Integer> {
        final List<Integer> got = new ArrayList<>();
        int most = Integer.MAX_VALUE;
        boolean completed;
        Throwable error;

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

        @Override
        protected void hookOnNext(Integer element) {
            got.add(element);
            if (got.size() == most) {
                cancel();
            }
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable with) {
            error = with;
        }
    }
}

package org.reactortopology.job.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Lets elements pass once they are written: all that wait are written as one group, on one thread, and then emitted there.
 *
 * <ul>
 *   <li>Asks upstream for no more than downstream has asked for, and never has more than {@code buffer} elements that are not emitted.
 *   <li>An error of upstream comes after all elements before it. After a cancellation what has come is still written.
 *   <li>When a group cannot be written, upstream is cancelled and downstream gets an error, which tells of all that had come by the end of upstream.
 * </ul>
 */
final class GroupCommit<T> implements CoreSubscriber<T>, Subscription {

    private final CoreSubscriber<? super T> actual;
    private final Context context;
    private final Executor thread;

    /** Where upstream is asked for more, which may run what the user wrote. */
    private final Executor requests;

    private final GroupLog<T> log;
    private final int buffer;

    /** What has come and is not written. Filled by upstream, emptied by the thread; never more than was asked for. */
    private final Queue<T> waiting;

    /** Calls for the thread not answered yet; who raises it from 0 puts the thread to work. */
    private final AtomicInteger calls = new AtomicInteger();

    /** Raised by downstream. */
    private final AtomicLong requested = new AtomicLong();

    /** What ended it early, set once by anyone. */
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    /** Set once by upstream. */
    private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();

    private volatile boolean cancelled;

    /** What upstream ended with; written by upstream before {@code done}. */
    private @Nullable Throwable error;

    private volatile boolean done;

    /** These are of the thread alone. */
    private long asked;

    private long emitted;
    private boolean ending;

    /** What has come and cannot be written; never more than was asked for. */
    private final List<T> lost = new ArrayList<>();

    /** What is told of it. */
    private @Nullable Throwable loss;

    /** Why nothing can be written any more. Written by the thread; read by upstream, which then need not begin. */
    private volatile @Nullable Throwable unwritable;

    /** Whether the last signal has been given. Written by the one who gives it. */
    private volatile boolean terminated;

    GroupCommit(CoreSubscriber<? super T> actual, Executor thread, Executor requests, int buffer, GroupLog<T> log) {
        this.actual = actual;
        this.context = actual.currentContext();
        this.thread = thread;
        this.requests = requests;
        this.buffer = buffer;
        this.log = log;
        this.waiting = Queues.<T>get(buffer).get();
    }

    @Override
    public Context currentContext() {
        return context;
    }

    /** Downstream is subscribed before this, and may have cancelled. */
    @Override
    public void onSubscribe(Subscription from) {
        if (!upstream.compareAndSet(null, from) || cancelled || broken.get() != null || unwritable != null) {
            from.cancel();
        } else {
            drain();
        }
    }

    @Override
    public void onNext(T element) {
        Objects.requireNonNull(element, "element");
        if (done) {
            Operators.onNextDropped(element, context);
        } else if (waiting.offer(element)) {
            drain();
        } else {
            Operators.onDiscard(element, context);
            fail(new IllegalStateException("upstream emits more than it was asked for"));
        }
    }

    @Override
    public void onError(Throwable with) {
        Objects.requireNonNull(with, "error");
        if (done) {
            Operators.onErrorDropped(with, context);
            return;
        }
        error = with;
        done = true;
        drain();
    }

    @Override
    public void onComplete() {
        done = true;
        drain();
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            requested.accumulateAndGet(more, Operators::addCap);
            drain();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        cancelUpstream();
        drain();
    }

    /** Ends it with an error, behind what has come. Any thread. */
    void fail(Throwable with) {
        if (broken.compareAndSet(null, with)) {
            cancelUpstream();
            drain();
        } else {
            Operators.onErrorDropped(with, context);
        }
    }

    /** Whether it was cancelled by downstream, rather than ended in another way. */
    boolean isCancelled() {
        return cancelled;
    }

    /** What {@link #fail} or a group that could not be written ended it with. */
    @Nullable
    Throwable failure() {
        return broken.get();
    }

    private void cancelUpstream() {
        Subscription from = upstream.get();
        if (from != null) {
            from.cancel();
        }
    }

    private void drain() {
        if (calls.getAndIncrement() == 0) {
            try {
                thread.execute(this::work);
            } catch (RejectedExecutionException e) { // the run is over
                calls.set(0);
                waiting.clear();
            }
        }
    }

    private void work() {
        int answered;
        do {
            answered = calls.get();
            writeWaiting();
            if (!terminated) {
                endIfDue();
            }
            if (!terminated) {
                ask();
            }
        } while (calls.addAndGet(-answered) != 0);
    }

    /** Writes what waits, also for nobody: its works have run. */
    private void writeWaiting() {
        List<T> group = take();
        if (group.isEmpty()) {
            return;
        }
        if (unwritable != null) {
            lose(group);
            return;
        }
        if (ending) {
            group.forEach(element -> Operators.onDiscard(element, context));
            return;
        }
        List<T> written;
        try {
            written = log.write(group);
        } catch (Throwable e) { // also what is fatal: nobody else would end it
            lose(group);
            giveUp(e);
            return;
        }
        emit(written);
    }

    private List<T> take() {
        List<T> group = new ArrayList<>(Math.min(buffer, waiting.size()));
        T element;
        while (group.size() < buffer && (element = waiting.poll()) != null) {
            group.add(element);
        }
        return group;
    }

    /** Nothing can be written any more, as a group or something else that is written to the same place has shown. By its thread. */
    void giveUp(Throwable cause) {
        if (unwritable == null) {
            unwritable = cause;
            cancelUpstream();
            if (!ending) {
                end(); // what comes until then is lost, too
            }
        }
    }

    boolean isUnwritable() {
        return unwritable != null;
    }

    private void lose(List<T> group) {
        group.forEach(element -> Operators.onDiscard(element, context));
        if (loss == null) {
            lost.addAll(group);
        } else {
            log.late(group);
        }
    }

    /** What downstream is told if nothing could be written any more, and null otherwise; tells of all that has come by now. By its thread. */
    @Nullable
    Throwable loss() {
        Throwable cause = unwritable;
        if (cause != null && loss == null) {
            lose(take());
            loss = log.failed(cause, List.copyOf(lost));
            lost.clear();
        }
        return loss;
    }

    /** Ends it if upstream has not, which never will. By its thread. */
    void over() {
        if (!ending) {
            ending = true;
            terminate(null);
        }
    }

    private void emit(List<T> written) {
        for (T element : written) {
            if (cancelled || terminated) {
                Operators.onDiscard(element, context);
            } else {
                emitted++;
                pass(element);
            }
        }
    }

    private void pass(T element) {
        try {
            actual.onNext(element);
        } catch (Throwable e) { // against the rules, but the next call must find the thread free
            fail(e);
        }
    }

    private void endIfDue() {
        boolean ends = broken.get() != null || (done && waiting.isEmpty());
        if (ends && !ending) {
            end();
        }
    }

    private void end() {
        ending = true;
        log.end().subscribe(nothing -> {}, this::terminate, () -> terminate(null));
    }

    /** Gives the last signal: the first thing that went wrong counts. */
    private void terminate(@Nullable Throwable atEnd) {
        Throwable unrecorded = loss();
        boolean tells = !terminated && !cancelled;
        terminated = true;
        if (!tells) {
            return;
        }
        Throwable upstreams = done ? error : null;
        Throwable early = broken.get() == null ? unrecorded : broken.get();
        Throwable with = early != null ? early : upstreams != null ? upstreams : atEnd;
        if (with == null) {
            actual.onComplete();
        } else {
            actual.onError(with);
        }
    }

    /** Asks for more once a quarter of the buffer is free, or when all that downstream asked for fits. */
    private void ask() {
        Subscription from = upstream.get();
        if (from == null || cancelled || ending) {
            return;
        }
        long wanted = requested.get();
        long more = Math.min(wanted, emitted + buffer) - asked;
        if (more > 0 && (more >= Math.max(1, buffer / 4) || asked + more == wanted)) {
            asked += more;
            requests.execute(() -> from.request(more));
        }
    }
}

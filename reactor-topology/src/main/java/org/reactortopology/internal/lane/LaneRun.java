package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of {@link FluxLanes}: items come in by an {@link Intake}, lanes run them, results leave by an {@link Outlet}.
 *
 * <p>A lane is <em>idle</em> (on the stack {@link IdleLanes}), <em>submitted</em> (popped, given to the executor) or <em>running</em> (a
 * thread is in {@link #turn}). One rule keeps it going: while a lane could start an item and one is idle, somebody is about to look again.
 *
 * <ul>
 *   <li>Who brings an item, emits what waited or raises demand looks at the idle lanes afterwards ({@link #wake}).
 *   <li>A lane that finds nothing pushes itself first and then looks again; if there is something, its thread goes on with any idle lane.
 *   <li>One lane at a time is submitted by {@code wake} ({@code waking} is 1 until it starts). It wakes the next when it has taken an item and
 *       more wait, so that a burst costs one submission for a lane rather than one for an item.
 * </ul>
 *
 * <p>Each pair (item added, lane pushed) and (result emitted, lane pushed) is a write followed by a read of the other's write, all volatile:
 * at least one of the two sees the other.
 *
 * <p>A run that is halted (cancelled or failed) starts nothing; lanes leave as soon as they look, and never become idle again.
 */
final class LaneRun<A, R> implements CoreSubscriber<A>, Subscription, Scannable, QueueGauge.Source {

    /** Items that a lane runs before it lets other tasks have its thread. */
    static final int TURN = 1024;

    /** Results that a lane whose items are quick holds back at most. */
    static final int MOST_HELD = 32;

    private static final VarHandle WAKING = Fields.of(MethodHandles.lookup(), "waking", int.class);
    private static final VarHandle ASIDE = Fields.of(MethodHandles.lookup(), "aside", Object.class);

    private final Executor threads;
    private final QueueGauge gauge;
    private final Intake<A> intake;
    private final Outlet<R> outlet;
    private final IdleLanes idle;
    private final List<Lane<A, R>> lanes;
    private final int prefetch;
    private final Backstop<R> backstop;

    /** Most results that a lane holds back. */
    private final int most;

    /** 1 while {@link #wake} has submitted a lane that has not started. Set by the one who wakes, cleared by the lane. */
    private volatile int waking;

    /**
     * An item that a lane has taken but not started, because it is busy replenishing, which may run the source. Written by the one lane that
     * replenishes; taken back by it or by any lane that finds nothing else.
     */
    private volatile @Nullable Object aside;

    /** Whether the executor runs tasks inside {@code execute}. Written by the lane that finds out, read by all. */
    private volatile boolean inline;

    LaneRun(
            CoreSubscriber<? super R> actual,
            List<? extends LaneFunction<A, R>> functions,
            Executor threads,
            Bound<A> bound,
            QueueGauge gauge) {
        this(actual, functions, threads, Intake.of(bound, gauge), bound.items(), bound.items(), gauge);
    }

    LaneRun(
            CoreSubscriber<? super R> actual,
            List<? extends LaneFunction<A, R>> functions,
            Executor threads,
            Intake<A> intake,
            int prefetch,
            int held,
            QueueGauge gauge) {
        this.threads = threads;
        this.gauge = gauge;
        this.intake = intake;
        this.outlet = new Outlet<>(actual, this, functions.size());
        this.idle = new IdleLanes(functions.size());
        this.prefetch = prefetch;
        List<Lane<A, R>> all = new ArrayList<>(functions.size());
        for (LaneFunction<A, R> function : functions) {
            all.add(new Lane<>(all.size(), function, this));
        }
        this.lanes = List.copyOf(all);
        this.most = mostHeld(held, functions.size());
        this.backstop = new Backstop<>(lanes, outlet::finish);
    }

    /** Results that each of so many quick lanes behind a buffer of that size may hold back, or indexes that it may be given at once. */
    static int mostHeld(int bound, int lanes) {
        return Math.max(1, Math.min(MOST_HELD, bound / lanes));
    }

    @Override
    public Context currentContext() {
        return outlet.context;
    }

    @Override
    public void onSubscribe(Subscription from) {
        if (intake.subscribed(from)) {
            gauge.show(this);
            outlet.actual.onSubscribe(this);
            if (!outlet.isHalted()) {
                intake.start(from);
                wake(); // what was let in while it was asked for
            }
        }
    }

    @Override
    public void onNext(A item) {
        Objects.requireNonNull(item, "item");
        if (outlet.isDone()) {
            Operators.onNextDropped(item, outlet.context);
            return;
        }
        if (outlet.isHalted()) {
            Operators.onDiscard(item, outlet.context);
            return;
        }
        try {
            if (!intake.offer(item)) {
                fail(Intake.overflow(gauge));
                Operators.onDiscard(item, outlet.context);
            }
        } catch (Throwable e) { // out of the weigher
            fail(e);
            Operators.onDiscard(item, outlet.context);
        }
        wake();
    }

    @Override
    public void onError(Throwable e) {
        Objects.requireNonNull(e, "error");
        if (outlet.isDone() || outlet.isHalted()) {
            Operators.onErrorDropped(e, outlet.context);
        } else {
            outlet.done(e);
        }
    }

    @Override
    public void onComplete() {
        if (!outlet.isDone()) {
            outlet.done(null);
        }
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            outlet.request(more);
        }
    }

    @Override
    public void cancel() {
        if (outlet.halt(null)) {
            halt();
        }
    }

    /** Ends the run with an error at once. */
    void fail(Throwable e) {
        if (outlet.halt(e)) {
            halt();
        } else {
            Operators.onErrorDropped(e, outlet.context);
        }
    }

    private void halt() {
        intake.close(outlet.context);
        lanes.forEach(Lane::interrupt);
        intake.halt(outlet.context);
        for (Lane<A, R> lane : lanes) {
            Batch<R> held = lane.takeHeld();
            if (held != null) {
                held.discard(0, outlet.context);
            }
        }
        Object item = ASIDE.getAndSet(this, (Object) null);
        if (item != null) {
            Operators.onDiscard(item, outlet.context);
        }
        gauge.hide(this);
        outlet.stopped();
    }

    boolean isHalted() {
        return outlet.isHalted();
    }

    /** Items that have come in. Exact once upstream has ended. */
    long accepted() {
        return intake.accepted();
    }

    /** Fewer items than it seemed have come in: perhaps all results are out. Any thread. */
    void endIfAllIsOut() {
        outlet.drain();
    }

    /** The last signal is about to be given. */
    void ended() {
        gauge.hide(this);
        intake.ended();
    }

    /** Submits an idle lane if there is something that it could start, and none is on its way. */
    void wake() {
        while (!idle.isEmpty() && waking == 0 && canWork() && !(inline && isOnLaneThread())) {
            if (!WAKING.compareAndSet(this, 0, 1)) {
                return;
            }
            int lane = idle.pop();
            if (lane >= 0) {
                submit(lanes.get(lane));
                return;
            }
            waking = 0;
        }
    }

    private boolean canWork() {
        return !(intake.isEmpty() && aside == null) && outlet.mayStart() && !outlet.isHalted();
    }

    private void submit(Lane<A, R> lane) {
        lane.beginSubmit();
        try {
            threads.execute(lane);
        } catch (Throwable e) { // rejected, or no thread could be started
            waking = 0;
            fail(Operators.onRejectedExecution(e, outlet.context));
        } finally {
            lane.endSubmit();
        }
    }

    /** Whether the calling thread is inside a turn of this run, which will look again. */
    private boolean isOnLaneThread() {
        Thread me = Thread.currentThread();
        for (Lane<A, R> lane : lanes) {
            if (lane.isHeldBy(me)) {
                return true;
            }
        }
        return false;
    }

    /** Runs items until there is nothing to do or the turn is over. By the thread that runs the lane as a task. */
    void turn(Lane<A, R> submitted, boolean insideExecute) {
        waking = 0;
        if (insideExecute) {
            inline = true;
            if (isOnLaneThread()) {
                idle.push(submitted.number);
                return;
            }
        }
        Lane<A, R> lane = submitted;
        lane.begin();
        int left = TURN;
        boolean first = true;
        while (lane != null) {
            A item = outlet.mayStart() ? take(lane) : null;
            if (item == null) {
                lane = park(lane);
                first = true;
                continue;
            }
            if (first) {
                first = false;
                wake();
            }
            runItem(lane, item);
            if (--left <= 0 && !inline) {
                leave(lane);
                if (!outlet.isHalted()) {
                    submit(lane);
                }
                return;
            }
        }
    }

    private void runItem(Lane<A, R> lane, A item) {
        if (outlet.isHalted()) {
            lane.rest();
            Operators.onDiscard(item, outlet.context);
            return;
        }
        R result;
        try {
            result = lane.apply(item);
        } catch (Throwable e) { // the JVM is broken, or the function
            Operators.onDiscard(item, outlet.context);
            fail(e);
            return;
        }
        passOn(lane, result);
    }

    /** Hands a result over, or holds it back to hand over several at once. */
    private void passOn(Lane<A, R> lane, R result) {
        Batch<R> batch = lane.takeUp();
        if (batch != null) {
            if (batch.addLast(result) || !lane.isQuick()) {
                outlet.finish(batch);
            } else {
                lane.putDown(batch);
            }
            return;
        }
        int held = lane.isQuick() ? outlet.mayHold(most) : 0;
        if (held < 2) {
            outlet.finish(result);
            return;
        }
        batch = new Batch<>(held);
        batch.addLast(result);
        lane.putDown(batch);
        backstop.arm();
    }

    private void handOver(Lane<A, R> lane) {
        Batch<R> batch = lane.takeUp();
        if (batch != null) {
            outlet.finish(batch);
        }
    }

    /** An item for the lane, which is ready to run it then; null when there is none, or another lane has taken it. */
    @SuppressWarnings("unchecked") // only items are put aside
    private @Nullable A take(Lane<A, R> lane) {
        lane.ready();
        A item = intake.poll(lane.number, lane.isQuick());
        if (item != null && intake.due() && intake.beginReplenish()) {
            item = replenish(lane, item);
        }
        if (item == null && aside != null) {
            item = (A) ASIDE.getAndSet(this, (Object) null);
        }
        if (item == null) {
            lane.rest();
        }
        return item;
    }

    /**
     * Asks for more, which may run the source for as long as it likes: the item is left to other lanes meanwhile. It is taken back while the
     * lane is still the one who replenishes, so that there is never more than one aside.
     */
    @SuppressWarnings("unchecked") // only items are put aside
    private @Nullable A replenish(Lane<A, R> lane, A taken) {
        handOver(lane);
        @Nullable A item = taken;
        int calls = 1;
        do {
            lane.rest();
            if (item != null) {
                aside = item;
                wake();
            }
            try {
                intake.answer();
            } catch (Throwable e) { // the source's, against the rules
                fail(e);
            }
            lane.ready();
            item = (A) ASIDE.getAndSet(this, (Object) null);
            calls = intake.answered(calls);
        } while (calls != 0);
        wake();
        return item;
    }

    /** Gives the lane up. The lane, perhaps another one, that the thread goes on with after all; null when there is nothing to do. */
    private @Nullable Lane<A, R> park(Lane<A, R> lane) {
        leave(lane);
        if (outlet.isHalted()) {
            return null;
        }
        idle.push(lane.number);
        if (!canWork()) {
            return null;
        }
        int next = idle.pop();
        if (next < 0) {
            return null;
        }
        lanes.get(next).begin();
        return lanes.get(next);
    }

    private void leave(Lane<A, R> lane) {
        handOver(lane);
        try {
            lane.pause();
        } catch (Throwable e) { // the function is broken
            fail(e);
        }
        lane.end();
    }

    /** Shows the items that lanes run right now. Any thread. */
    void forEachRunning(Consumer<? super A> action) {
        for (Lane<A, R> lane : lanes) {
            A item = lane.running();
            if (item != null) {
                action.accept(item);
            }
        }
    }

    @Override
    public List<A> running() {
        List<A> items = new ArrayList<>();
        forEachRunning(items::add);
        return items;
    }

    @Override
    public int depth() {
        return intake.size();
    }

    @Override
    public long weight() {
        return intake.weight();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return intake.upstream();
        }
        if (key == Attr.ACTUAL) {
            return outlet.actual;
        }
        if (key == Attr.BUFFERED) {
            return intake.size() + outlet.waiting();
        }
        if (key == Attr.PREFETCH) {
            return prefetch;
        }
        if (key == Attr.CANCELLED) {
            return outlet.isCancelled();
        }
        if (key == Attr.TERMINATED) {
            return outlet.isTerminated();
        }
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return outlet.missing();
        }
        if (key == Attr.ERROR) {
            return outlet.error();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}

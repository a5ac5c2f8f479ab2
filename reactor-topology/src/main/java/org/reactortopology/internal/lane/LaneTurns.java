package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;

/**
 * What the lanes of one {@link LaneRun} do: when they start, take items, hand over results, and stop.
 *
 * <p>A lane is <em>idle</em> (on the stack {@link IdleLanes}), <em>submitted</em> (popped, given to the executor) or <em>running</em> (a
 * thread is in {@link #turn}). One rule keeps it going: while a lane could start an item and one is idle, somebody is about to look again.
 *
 * <ul>
 *   <li>Who brings an item, is given more than it takes, emits what waited or raises demand looks at the idle lanes afterwards ({@link #wake}).
 *   <li>A lane that finds nothing pushes itself first and then looks again; if there is something, its thread goes on with any idle lane.
 *   <li>One lane at a time is submitted by {@code wake} ({@code waking} is 1 until it starts). It wakes the next when it has taken an item and
 *       more wait, so that a burst costs one submission for a lane rather than one for an item.
 * </ul>
 *
 * <p>Each pair (item added, lane pushed) and (result emitted, lane pushed) is a write followed by a read of the other's write, all volatile:
 * at least one of the two sees the other.
 *
 * <p>A run that is halted (cancelled or failed) starts nothing; lanes leave as soon as they look, and never become idle again. Threads may end with the
 * run: that a lane is refused then is no error.
 */
final class LaneTurns<A, R> {

    /** Items that a lane runs before it lets other tasks have its thread. */
    static final int TURN = 1024;

    private static final VarHandle WAKING = Fields.of(MethodHandles.lookup(), "waking", int.class);
    private static final VarHandle ASIDE = Fields.of(MethodHandles.lookup(), "aside", Object.class);

    private final LaneRun<A, R> run;
    private final Executor threads;
    private final Intake<A> intake;
    private final Outlet<R> outlet;
    private final IdleLanes idle;
    private final List<Lane<A, R>> lanes;
    private final Holding<R> holding;

    /** 1 while {@link #wake} has submitted a lane that has not started. Set by the one who wakes, cleared by the lane. */
    private volatile int waking;

    /**
     * An item that a lane has taken but not started, because it is busy replenishing, which may run the source. Written by the one lane that
     * replenishes; taken back by it or by any lane that finds nothing else.
     */
    private volatile @Nullable Object aside;

    /** Whether the executor runs tasks inside {@code execute}. Written by the lane that finds out, read by all. */
    private volatile boolean inline;

    LaneTurns(
            LaneRun<A, R> run,
            List<? extends LaneFunction<A, R>> functions,
            Executor threads,
            Intake<A> intake,
            Outlet<R> outlet,
            int held) {
        this.run = run;
        this.threads = threads;
        this.intake = intake;
        this.outlet = outlet;
        this.idle = new IdleLanes(functions.size());
        List<Lane<A, R>> all = new ArrayList<>(functions.size());
        for (LaneFunction<A, R> function : functions) {
            all.add(new Lane<>(all.size(), function, this));
        }
        this.lanes = List.copyOf(all);
        this.holding = new Holding<>(outlet, lanes, held);
    }

    boolean isHalted() {
        return outlet.isHalted();
    }

    /** The run has been marked as halted: lanes inside the function are interrupted. */
    void interrupt() {
        lanes.forEach(Lane::interrupt);
    }

    /** Discards what lanes of a halted run hold, or have put aside. */
    void discard() {
        holding.discard();
        Object item = ASIDE.getAndSet(this, (Object) null);
        if (item != null) {
            Operators.onDiscard(item, outlet.context);
        }
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

    /** Whether nothing is left to run; who owns the threads may end them. */
    private boolean isOver() {
        return outlet.isHalted() || outlet.isTerminated();
    }

    private void submit(Lane<A, R> lane) {
        lane.beginSubmit();
        try {
            threads.execute(lane);
        } catch (RejectedExecutionException e) {
            waking = 0;
            if (!isOver()) { // another lane may have taken the last item meanwhile, and the threads ended with the run
                run.fail(Operators.onRejectedExecution(e, outlet.context));
            }
        } catch (Throwable e) { // no thread could be started
            waking = 0;
            run.fail(Operators.onRejectedExecution(e, outlet.context));
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
            if (lane.wasGivenMore() || first) {
                first = false;
                wake();
            }
            runItem(lane, item);
            if (--left <= 0 && !inline) {
                leave(lane);
                if (!isOver()) {
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
            run.fail(e);
            return;
        }
        holding.passOn(lane, result);
    }

    /** An item for the lane, which is ready to run it then; null when there is none, or another lane has taken it. */
    @SuppressWarnings("unchecked") // only items are put aside
    private @Nullable A take(Lane<A, R> lane) {
        lane.ready();
        A item = intake.poll(lane);
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
        holding.handOver(lane);
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
                run.fail(e);
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
        holding.handOver(lane);
        try {
            lane.pause();
        } catch (Throwable e) { // the function is broken
            run.fail(e);
        }
        lane.end();
    }

    /** The items that lanes run right now. Any thread. */
    List<A> running() {
        List<A> items = new ArrayList<>();
        for (Lane<A, R> lane : lanes) {
            A item = lane.running();
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }
}

package org.reactortopology.internal.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkContext;
import org.reactortopology.WorkFunction;
import org.reactortopology.internal.lane.LaneThread;
import org.reactortopology.spi.Item;

/**
 * The context of one call. Noted for the thread only where the call is costly anyway: under a deadline, or where its value comes later. Of any other call
 * the thread's lane knows the item, and the context is made when it is asked for.
 */
public final class CallContext implements WorkContext {

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    private final Supplier<Item> item;
    private final int attempt;
    private final @Nullable CallClock clock;

    private CallContext(Supplier<Item> item, int attempt, @Nullable CallClock clock) {
        this.item = item;
        this.attempt = attempt;
        this.clock = clock;
    }

    /** A call for the item; without a clock, a tick does nothing. */
    static CallContext of(Item item, int attempt, @Nullable CallClock clock) {
        return new CallContext(() -> item, attempt, clock);
    }

    /** A call of one of the works of the hop, for what has come in. */
    static CallContext of(HopRun hop, Object input) {
        return new CallContext(() -> hop.item(input), 1, null);
    }

    /** As {@link WorkContext#current()}. */
    public static WorkContext current() {
        CallContext noted = CURRENT.get();
        if (noted != null) {
            return noted;
        }
        LaneThread.Inside inside = LaneThread.inside();
        if (inside != null && inside.function() instanceof HopRun hop) {
            return of(hop, inside.input());
        }
        throw new IllegalStateException(
                "no work is called on thread '"
                        + Thread.currentThread().getName()
                        + "': call WorkContext.current() in the function of a work, on the thread that calls it, and hand the context to the other threads that need it");
    }

    /** Calls the function in this context, on this thread. */
    @Nullable
    Object call(WorkFunction<Object, ?> function, Object argument) throws Exception {
        CallContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            return function.apply(argument);
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    @Override
    public String key() {
        return item.get().key();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void tick() {
        if (clock != null) {
            clock.tick();
        }
    }

    /** The key and the attempt. */
    @Override
    public String toString() {
        return "WorkContext[key=" + key() + ", attempt=" + attempt + ']';
    }
}

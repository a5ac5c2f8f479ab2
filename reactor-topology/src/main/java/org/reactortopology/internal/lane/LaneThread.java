package org.reactortopology.internal.lane;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thread of a run that knows what it is inside of, so that nothing need be noted for each item. */
public class LaneThread extends Thread {

    /** A function that a thread is in, with what it was given. */
    public record Inside(LaneFunction<?, ?> function, Object input) {}

    /** Tells what runs here; null between turns. Written and read by this thread, but for the first one. */
    private @Nullable Supplier<@Nullable Inside> teller;

    /** A thread for lanes. */
    public LaneThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /** A thread without lanes; {@code teller} is called on it alone. */
    public LaneThread(Runnable task, String name, Supplier<@Nullable Inside> teller) {
        this(task, name);
        this.teller = teller;
    }

    /** Tells what the calling thread is inside of; null when it is in no function, or not of this kind. */
    public static @Nullable Inside inside() {
        if (Thread.currentThread() instanceof LaneThread own) {
            Supplier<@Nullable Inside> tells = own.teller;
            return tells == null ? null : tells.get();
        }
        return null;
    }

    /** The calling thread runs what that one tells of from now on. */
    static void tells(Thread thread, @Nullable Supplier<@Nullable Inside> teller) {
        if (thread instanceof LaneThread own) {
            own.teller = teller;
        }
    }
}

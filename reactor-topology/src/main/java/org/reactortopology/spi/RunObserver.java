package org.reactortopology.spi;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands beside the runs of a topology: says which items need not be run, is told how long the others took, and keeps values. No part of the plan's
 * fingerprint; only this JVM has it. Thread-safe: it is called by whatever thread an item is on, and must be quick.
 *
 * <p>A key that an input gives again may be under way twice; the index, which is that of its {@link org.reactortopology.Outcome}, tells one from the
 * other.
 */
public interface RunObserver {

    /**
     * Why the item of that key is not to be run; null to run it. Asked for each item of the source when it is taken, and perhaps again; must then say the same. An item that is not run ends
     * as {@link org.reactortopology.Outcome.Skipped} with this reason, unless {@link #keptValue} gives it a value on its way.
     */
    @Nullable
    String skip(String key);

    /**
     * What the item of that key went through. Called before its outcome is emitted, once for each outcome of an item that was run; also for items
     * that were made of others, and for those that go on with a {@link #keptValue}, of which it tells what came behind.
     */
    void traced(String key, long index, ItemTrace trace);

    /** The value of that key has come to where the topology keeps values. Called before the item's outcome is emitted. */
    void kept(String key, long index, Object value);

    /** The value that is kept for a key that {@link #skip} has refused; the item goes on with it. Null: it stays skipped. */
    @Nullable
    Object keptValue(String key, long index);

    /** Where processes that belong to the run are to write their logs, if that is not said elsewhere. */
    Optional<Path> logs();
}

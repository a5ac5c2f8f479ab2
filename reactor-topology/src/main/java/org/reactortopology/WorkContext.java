package org.reactortopology;

import org.reactortopology.internal.engine.CallContext;

/**
 * What a work's function can know of its own call, and tell. Belongs to one attempt for one item.
 *
 * <pre>{@code
 * cpu((Image image) -> {
 *     WorkContext call = WorkContext.current();
 *     for (Row row : image.rows()) {
 *         sharpen(row);
 *         call.tick();
 *     }
 *     return image;
 * }).silence(ofSeconds(2))
 * }</pre>
 */
public interface WorkContext {

    /**
     * The context of the call that runs on this thread. An {@code async} work gets it inside of its function and may hand it to whatever signals later; so
     * may any work whose function uses threads of its own.
     *
     * @throws IllegalStateException if no work is called on this thread right now
     */
    static WorkContext current() {
        return CallContext.current();
    }

    /** The item's key. */
    String key();

    /** Which attempt for the item this is in this process: 1, and more where {@link Work#retry} calls the work again. */
    int attempt();

    /**
     * The call makes progress: its {@link Work#silence} begins anew. Costs the reading of a clock and the writing of a variable, without a lock. Any thread may
     * call it, at any time; does nothing for a work without that limit, and after the call has ended or its deadline has passed.
     */
    void tick();
}

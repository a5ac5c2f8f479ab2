package org.reactortopology.spi;

/**
 * Stands around every call of a work without being part of the topology: for test kits that inject faults or check values. Put around a work by
 * {@link Step.WorkStep#intercepted}.
 *
 * <p>Called by every thread that runs the work, within the work's timeout, once per attempt.
 */
@FunctionalInterface
public interface WorkInterceptor {

    /**
     * Called instead of the work.
     *
     * @return what becomes the work's result: what {@link Invocation#proceed} returned, or anything else; a publisher of one value if the invocation
     *     is {@link Invocation#deferred}; never null, as with a work
     * @throws Exception any; makes the item fail as if the work had thrown it
     */
    Object around(Invocation invocation) throws Exception;

    /**
     * Whether calls return a publisher of the result even if the work is not {@code async}. Such a work then runs like an {@code async} one: where the
     * item is brought, alone in its hop, with a timeout on the clock of {@link reactor.core.scheduler.Schedulers#parallel()}.
     */
    default boolean defers() {
        return false;
    }

    /** One call of a work for one item. Confined to the interceptor that it is given to. */
    interface Invocation {

        /** The work. */
        Step.WorkStep work();

        /** The item as it comes. */
        Item item();

        /** What the work is to be called with: by its role the value, the value with its key, or an outcome. */
        Object argument();

        /** Whether {@link #proceed} and the interceptor return a publisher of the result. */
        default boolean deferred() {
            return work().deferred();
        }

        /** Calls the work, or the interceptor within this one. */
        Object proceed(Object argument) throws Exception;
    }
}

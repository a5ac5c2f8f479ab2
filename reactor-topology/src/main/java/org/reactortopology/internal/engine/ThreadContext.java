package org.reactortopology.internal.engine;

import reactor.util.context.ContextView;

/**
 * What the subscriber's thread knew when it subscribed, such as a logging context: set again around the works. Does something where Micrometer's
 * context-propagation is on the class path, and nothing else.
 */
interface ThreadContext {

    /** Puts back what was there before. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Does nothing. */
    ThreadContext NONE = () -> () -> {};

    /** Sets what was captured on this thread until the scope is closed. */
    Scope open();

    /** What this thread and the Reactor context know now. */
    static ThreadContext capture(ContextView context) {
        return Available.YES ? CapturedContext.of(context) : NONE;
    }

    /** Looked up once. */
    final class Available {
        static final boolean YES = isThere();

        private Available() {}

        private static boolean isThere() {
            try {
                Class.forName(
                        "io.micrometer.context.ContextSnapshotFactory", false, ThreadContext.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }
}

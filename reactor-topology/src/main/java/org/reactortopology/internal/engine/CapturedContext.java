package org.reactortopology.internal.engine;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import reactor.util.context.ContextView;

/** The thread context where context-propagation is there; loaded only then. */
final class CapturedContext {

    private CapturedContext() {}

    static ThreadContext of(ContextView context) {
        // values of the Reactor context win over those of the thread, which may be anybody's
        ContextSnapshot snapshot = ContextSnapshotFactory.builder()
                .captureKeyPredicate(key -> true)
                .build()
                .captureAll(context);
        return () -> {
            ContextSnapshot.Scope scope = snapshot.setThreadLocals();
            return scope::close;
        };
    }
}

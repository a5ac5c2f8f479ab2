package org.reactortopology.internal.engine;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import org.slf4j.MDC;
import reactor.util.context.ContextView;

/** The thread context where context-propagation is there; loaded only then. */
final class CapturedContext {

    private CapturedContext() {}

    /** What the registered accessors give, and the logging context, whether or not an accessor is registered for it. */
    static ThreadContext of(ContextView context) {
        ContextSnapshot snapshot = ContextSnapshotFactory.builder().build().captureAll(context);
        Map<String, String> logging = MDC.getCopyOfContextMap();
        if (logging == null || logging.isEmpty()) {
            return () -> {
                ContextSnapshot.Scope scope = snapshot.setThreadLocals();
                return scope::close;
            };
        }
        return () -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            ContextSnapshot.Scope scope = snapshot.setThreadLocals();
            MDC.setContextMap(logging);
            return () -> {
                scope.close();
                MDC.setContextMap(before == null ? Map.of() : before);
            };
        };
    }
}

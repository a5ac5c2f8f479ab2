package org.reactortopology.multiprocess.internal.pool;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher.Launched;
import reactor.core.publisher.MonoSink;

/** A run that wants a worker. Confined to the pool's mailbox. */
final class Request {

    private final RunLauncher run;
    private final double heapFactor;
    private final MonoSink<Launched> sink;
    private @Nullable Lease granted;

    Request(RunLauncher run, double heapFactor, MonoSink<Launched> sink) {
        this.run = run;
        this.heapFactor = heapFactor;
        this.sink = sink;
    }

    RunLauncher run() {
        return run;
    }

    double heapFactor() {
        return heapFactor;
    }

    boolean isEscalated() {
        return heapFactor > 1;
    }

    void grant(Lease lease) {
        granted = lease;
        sink.success(lease);
    }

    /** What it was given; the sink tells a cancellation only if that did not get through. */
    @Nullable
    Lease granted() {
        return granted;
    }

    void fail(Throwable error) {
        sink.error(error);
    }

    /** Nobody waits any more. */
    void drop() {
        sink.success();
    }
}

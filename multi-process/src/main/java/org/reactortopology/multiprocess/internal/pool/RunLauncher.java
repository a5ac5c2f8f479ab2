package org.reactortopology.multiprocess.internal.pool;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What one run sees of a pool, and what the pool knows of it. The fields are confined to the pool's mailbox. */
final class RunLauncher implements WorkerLauncher {

    private final Pool pool;

    /** Whether the pool is this run's alone and ends with it. */
    private final boolean alone;

    /** Workers it has, longest held first. */
    private final Set<Lease> leases = new LinkedHashSet<>();

    /** Workers that died while it had them, and that it has not given back. */
    private final Set<Lease> dead = new HashSet<>();

    /** Workers in which something of it is left. */
    private final Set<Member> leaving = new HashSet<>();

    private final Sinks.Empty<Void> gone = Sinks.empty();
    private boolean released;

    RunLauncher(Pool pool, boolean alone) {
        this.pool = pool;
        this.alone = alone;
    }

    @Override
    public Mono<Launched> launch(double heapFactor) {
        return Mono.create(sink -> {
            Request request = new Request(this, heapFactor, sink);
            sink.onCancel(() -> pool.post(() -> pool.cancelled(request)));
            pool.post(() -> pool.requested(request));
        });
    }

    @Override
    public Mono<Void> release(boolean clean) {
        return Mono.defer(() -> {
            pool.post(() -> pool.released(this, clean));
            return alone ? gone.asMono().then(pool.close()) : gone.asMono();
        });
    }

    boolean isAlone() {
        return alone;
    }

    Set<Lease> leases() {
        return leases;
    }

    Set<Lease> dead() {
        return dead;
    }

    Set<Member> leaving() {
        return leaving;
    }

    boolean isReleased() {
        return released;
    }

    void release() {
        released = true;
    }

    /** Tells that nothing of the run is left, if so. */
    void tellIfGone() {
        if (released && (alone || leaving.isEmpty())) {
            gone.tryEmitEmpty();
        }
    }

    /** Leases that it has not been asked to give back. */
    long unasked() {
        return leases.stream().filter(lease -> !lease.isAsked()).count();
    }
}

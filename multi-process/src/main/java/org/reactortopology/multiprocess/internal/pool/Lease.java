package org.reactortopology.multiprocess.internal.pool;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher.Launched;
import org.reactortopology.multiprocess.internal.transport.Connection;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A worker while one run has it. What the run calls may come from any thread; the fields are confined to the pool's mailbox. */
final class Lease implements Launched {

    private final Pool pool;
    private final RunLauncher run;
    private final Member member;
    private final StartedWorker worker;
    private final LeasedConnection connection;
    private final long sinceNanos;
    private final Sinks.Empty<Void> wanted = Sinks.empty();
    private boolean asked;
    private boolean over;

    Lease(Pool pool, RunLauncher run, Member member, long recycleAfter, long nowNanos) {
        this.pool = pool;
        this.run = run;
        this.member = member;
        this.worker = member.worker();
        this.sinceNanos = nowNanos;
        this.connection = new LeasedConnection(
                worker.connection(),
                member.items(),
                recycleAfter,
                () -> pool.post(() -> pool.worn(this, "it has been given " + member.items() + " items")),
                () -> pool.post(() -> pool.freed(this)));
    }

    @Override
    public int number() {
        return worker.number();
    }

    @Override
    public long pid() {
        return worker.pid();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public @Nullable Claims claims() {
        return worker.claims();
    }

    @Override
    public Mono<WorkerEnding> ending() {
        return worker.ending().map(pool::explained);
    }

    @Override
    public Optional<Set<Long>> busyWith() {
        return worker.busyWith();
    }

    @Override
    public Mono<Void> wanted() {
        return wanted.asMono();
    }

    @Override
    public void kill() {
        worker.kill();
    }

    @Override
    public void giveBack() {
        connection.giveBack();
        pool.post(() -> pool.givenBack(this));
    }

    RunLauncher run() {
        return run;
    }

    Member member() {
        return member;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /** Whether nothing of the run is in the worker, or ever was. */
    boolean isFree() {
        return connection.isFree();
    }

    boolean isAsked() {
        return asked;
    }

    void ask() {
        asked = true;
        wanted.tryEmitEmpty();
    }

    /** Whether this is the first call. */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }
}

package org.reactortopology.multiprocess.internal.pool;

import java.util.Collection;
import java.util.Optional;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Asks runs for workers that others should have. Confined to the pool's mailbox. */
final class Turns {

    private final Pool pool;
    private final PoolSettings settings;
    private final Members members;
    private final Shares shares;

    /** When the lease that has been held longest may be asked back. */
    private Disposable quantumEnd = Disposables.disposed();

    Turns(Pool pool, PoolSettings settings, Members members, Shares shares) {
        this.pool = pool;
        this.settings = settings;
        this.members = members;
        this.shares = shares;
    }

    void stop() {
        quantumEnd.dispose();
    }

    /** Asks runs to let go of workers, so that each that waits gets its share. */
    void askBack() {
        quantumEnd.dispose();
        Collection<Lease> leases = members.leases();
        for (int missing = shares.missing(leases); missing > 0; missing--) {
            Optional<Lease> beyond = shares.beyondShare(leases);
            Optional<Lease> next = beyond.or(() -> Shares.longestHeld(leases));
            if (next.isEmpty()) {
                return;
            }
            long left = settings.quantum().toNanos() - (pool.now() - next.get().sinceNanos());
            if (beyond.isEmpty() && left > 0) {
                quantumEnd = pool.after(left, this::askBack);
                return;
            }
            next.get().ask();
        }
    }
}

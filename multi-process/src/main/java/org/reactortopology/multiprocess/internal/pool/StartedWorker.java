package org.reactortopology.multiprocess.internal.pool;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.transport.Connection;
import reactor.core.publisher.Mono;

/** A worker that has connected and proved who it is. */
public interface StartedWorker {

    /** Its number, which no other of the same pool has. */
    int number();

    /** Its process id. */
    long pid();

    /** The way to it. */
    Connection connection();

    /** Memory that is shared with it, or null. */
    default @Nullable Claims claims() {
        return null;
    }

    /** Emits how it ended once it has; replays. */
    Mono<WorkerEnding> ending();

    /** What it was busy with when it ended, if that is known; see {@code WorkerLauncher.Launched}. May read a file. */
    Optional<Set<Long>> busyWith();

    /** Resident memory in bytes, 0 if it is not known. May read a file or ask another program: call it where that is allowed. */
    long residentBytes();

    /** Says goodbye, and sees to it that it ends in time. Does not wait. */
    void end();

    /** Ends it now. */
    void kill();

    /** Nobody will ask how it ended any more: what was kept for that can go. */
    void forget();
}

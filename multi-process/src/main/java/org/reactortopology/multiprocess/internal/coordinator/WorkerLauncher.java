package org.reactortopology.multiprocess.internal.coordinator;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.transport.Connection;
import reactor.core.publisher.Mono;

/** Where one run's workers come from: child JVMs, or sessions in this JVM. The coordinator sees no process. */
public interface WorkerLauncher {

    /** A worker that is connected and has proved who it is. It serves this run alone until it is given back. */
    interface Launched {

        /** Number of the process, never used for another of the same pool; its log carries it. */
        int number();

        /** Its process id. */
        long pid();

        /** The way to it. */
        Connection connection();

        /** Memory that is shared with it, or null. This run's alone until the worker is given back. */
        default @Nullable Claims claims() {
            return null;
        }

        /** Emits how it ended once it has; replays. */
        Mono<WorkerEnding> ending();

        /**
         * Numbers of the items that its works were busy with, or that it held between two of them, when it ended: one of these killed it, if an item
         * did. Empty if that is not known. Called after its end; may read a file.
         */
        Optional<Set<Long>> busyWith();

        /** Completes when others wait for a worker and this run should let go of this one: finish what it has, then {@link #giveBack}. */
        Mono<Void> wanted();

        /** Ends it now, whatever it is doing. */
        void kill();

        /**
         * This run sends it nothing more, and receives nothing: it has FINISHED, or was sent CANCEL. Of use to others as soon as it says that it is
         * free. Called once.
         */
        void giveBack();
    }

    /**
     * A worker for this run. Fails with {@link org.reactortopology.multiprocess.WorkerStartException}. Emits on any thread. One that is no longer
     * waited for (cancelled) is not taken.
     *
     * @param heapFactor how much larger its heap is than usual; 1 for the usual one
     */
    Mono<Launched> launch(double heapFactor);

    /**
     * The run is over: gives back what it has, and ends what was for it alone. Completes when nothing of that is left: no process, no thread, no
     * socket file. Subscribed to once.
     *
     * @param clean whether the run completed normally, so that nothing needs to be kept for finding out what happened
     */
    Mono<Void> release(boolean clean);
}

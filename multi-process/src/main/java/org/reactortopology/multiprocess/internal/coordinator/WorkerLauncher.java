package org.reactortopology.multiprocess.internal.coordinator;

import org.reactortopology.multiprocess.internal.transport.Connection;
import reactor.core.publisher.Mono;

/** Where workers come from: child JVMs, or sessions in this JVM. The coordinator sees no process. */
public interface WorkerLauncher {

    /** A worker that is connected and has proved who it is. */
    interface Launched {

        /** Its process id. */
        long pid();

        /** The way to it. */
        Connection connection();

        /** Emits how it ended, in words (exit code or signal, last lines of its log), once it has. */
        Mono<String> ending();
    }

    /**
     * Starts the worker of that number. Fails with {@link org.reactortopology.multiprocess.WorkerStartException}. Emits on any thread.
     */
    Mono<Launched> launch(int worker);

    /**
     * Ends every worker, those still starting too: gives those that were told goodbye the stop timeout to end by themselves. Completes when
     * nothing of them is left: no process, no thread, no socket file. Subscribed to once.
     *
     * @param clean whether the run completed normally, so that nothing needs to be kept for finding out what happened
     */
    Mono<Void> release(boolean clean);
}

package org.reactortopology.job.internal.run;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where {@link GroupCommit} writes what passes it. Called by its thread only. */
interface GroupLog<T> {

    /**
     * Writes a group so that it survives any death, and says what is emitted for it: the list itself, or one in which elements are replaced.
     *
     * @throws Exception if it cannot; nothing of the group then counts as written
     */
    List<T> write(List<T> group) throws Exception;

    /** What downstream is told when {@link #write} has thrown, and these are therefore lost. */
    Throwable failed(Exception cause, List<T> lost);

    /** What has to come before the last signal; an error replaces that signal. */
    Mono<Void> end();
}

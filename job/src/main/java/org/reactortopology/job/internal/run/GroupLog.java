package org.reactortopology.job.internal.run;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where {@link GroupCommit} writes what passes it. Called by its thread only. */
interface GroupLog<T> {

    /**
     * Writes a group so that it survives any death, and says what is emitted for it: the list itself, or one in which elements are replaced.
     *
     * @throws Exception if it cannot; nothing of the group then counts as written. So with an {@link Error}
     */
    List<T> write(List<T> group) throws Exception;

    /** What downstream is told when {@link #write} has thrown, and these are therefore lost. Does not throw. */
    Throwable failed(Throwable cause, List<T> lost);

    /** These have come after that was told, and are lost as well. */
    void late(List<T> lost);

    /** What has to come before the last signal; an error replaces that signal. */
    Mono<Void> end();
}

package org.reactortopology.multiprocess.internal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import reactor.core.publisher.Mono;

/**
 * A child JVM and the way to it.
 *
 * @param box where it writes what it is busy with
 * @param stopTimeout how long it may take to end by itself
 */
record ConnectedProcess(int number, WorkerProcess process, Connection connection, Path box, Duration stopTimeout)
        implements StartedWorker {

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Mono<WorkerEnding> ending() {
        return process.ending();
    }

    /** Nothing is written to the box yet. */
    @Override
    public Optional<Set<Long>> busyWith() {
        return Optional.empty();
    }

    @Override
    public long residentBytes() {
        return ResidentMemory.of(pid());
    }

    @Override
    public void end() {
        connection.send(new Goodbye());
        process.end(process.writing() == null ? stopTimeout : ArchiveWriting.PATIENCE)
                .subscribe();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void forget() {
        WorkerFiles.delete(box);
    }
}

package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.spi.ResidentMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A child JVM and the way to it.
 *
 * @param box where it writes what it is busy with
 * @param claims memory that is shared with it
 * @param forgotten called where it may block, when nobody asks for it any more
 * @param stopTimeout how long it may take to end by itself
 */
record ConnectedProcess(
        int number,
        WorkerProcess process,
        Connection connection,
        Path box,
        @Nullable Claims claims,
        Runnable forgotten,
        Duration stopTimeout)
        implements StartedWorker {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectedProcess.class);

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Mono<WorkerEnding> ending() {
        return process.ending();
    }

    @Override
    public Optional<Set<Long>> busyWith() {
        try {
            BlackBox written = BlackBox.read(box);
            return written.isComplete() ? Optional.of(written.numbers()) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("what worker {} was busy with cannot be read, so each item it had is a suspect", number, e);
            return Optional.empty();
        }
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
        Schedulers.boundedElastic().schedule(forgotten);
    }
}

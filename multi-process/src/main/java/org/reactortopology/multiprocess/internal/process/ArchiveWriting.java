package org.reactortopology.multiprocess.internal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A worker that writes the archive when it ends, which takes it seconds that nobody needs to wait for: a pool that is closed leaves it behind. Ends with
 * this JVM at the latest, which gives it a little time.
 */
final class ArchiveWriting {

    /** How long a worker may take to write the archive. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE_AT_SHUTDOWN = Duration.ofSeconds(5);

    /** Those that have been left behind. */
    private static final Set<ArchiveWriting> LEFT = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ArchiveWriting::endAll, "topology-archive"));
    }

    private final WorkerArchive archive;
    private final Path to;
    private final WorkerProcess process;
    private final AtomicBoolean over = new AtomicBoolean();

    ArchiveWriting(WorkerArchive archive, Path to, WorkerProcess process) {
        this.archive = archive;
        this.to = to;
        this.process = process;
        process.exitCode().subscribe(this::ended);
    }

    /** Its pool needs it no more, and has told it to end. */
    void leave() {
        LEFT.add(this);
        process.end(PATIENCE).subscribe(nothing -> {}, error -> {}, () -> LEFT.remove(this));
    }

    private void ended(int code) {
        if (over.compareAndSet(false, true)) {
            archive.written(to, code == 0);
        }
    }

    private static void endAll() {
        long deadline = System.nanoTime() + PATIENCE_AT_SHUTDOWN.toNanos();
        for (ArchiveWriting writing : LEFT) {
            writing.ended(writing.process.endBefore(deadline));
        }
    }
}

package org.reactortopology.job.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.internal.directory.FailureFiles;
import org.reactortopology.job.internal.directory.JobDescription;
import org.reactortopology.job.internal.directory.JobLock;
import org.reactortopology.job.internal.directory.JsonFiles;
import org.reactortopology.job.internal.ledger.Admission;
import org.reactortopology.job.internal.ledger.Identity;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.KeptValues;
import org.reactortopology.job.internal.ledger.LedgerFile;
import org.reactortopology.job.internal.ledger.LedgerWriter;
import org.reactortopology.job.internal.ledger.Refusal;
import org.reactortopology.job.internal.ledger.RunRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a job directory for a run, or says why not. Blocks for the time it takes to read the keys that are settled. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final int MOST_NUMBERS = 100_000;

    private final JobSettings settings;
    private final Topology<?> topology;
    private final String executor;
    private final JobObserver observer;
    private final Consumer<Throwable> failed;

    /** @param failed gets what breaks the run later on */
    Opening(
            JobSettings settings,
            Topology<?> topology,
            String executor,
            JobObserver observer,
            Consumer<Throwable> failed) {
        this.settings = settings;
        this.topology = topology;
        this.executor = executor;
        this.observer = observer;
        this.failed = failed;
    }

    /**
     * Takes the directory.
     *
     * @throws JobException if it is refused, or a file in it cannot be written
     */
    OpenJob open() throws SQLException {
        try {
            return taken();
        } catch (IOException e) {
            throw new JobException(
                    "the job in '" + settings.directory() + "' cannot be begun (" + e
                            + "): see that its directory can be written to and the disk has room; nothing was run",
                    e);
        }
    }

    private OpenJob taken() throws IOException, SQLException {
        Identity identity = Identity.of(topology); // refused before anything is made
        if (settings.mode().kind() != JobMode.Kind.NEW) {
            JobFiles files = new JobFiles(settings.directory());
            refuseNothing(files);
            return open(files, lock(files), identity);
        }
        for (int number = 1; number < MOST_NUMBERS; number++) {
            JobFiles files = new JobFiles(numbered(number));
            Optional<OpenJob> job = files.holdsJob() ? Optional.empty() : openNew(files, identity);
            if (job.isPresent()) {
                return job.get();
            }
        }
        throw new JobException("no directory from '" + settings.directory() + "' to '" + numbered(MOST_NUMBERS)
                + "' is free: remove some, or give another name");
    }

    /** Before anything is made: a directory that was mistyped is not to be there afterwards. */
    private void refuseNothing(JobFiles files) {
        if (!files.holdsJob()) {
            Refusal.ofNothing(files.directory(), settings.mode()).ifPresent(refusal -> {
                throw new JobException(refusal);
            });
        }
    }

    private Path numbered(int number) {
        Path directory = settings.directory();
        return number == 1 ? directory : directory.resolveSibling(directory.getFileName() + "-" + number);
    }

    /** Empty if another run was quicker. */
    private Optional<OpenJob> openNew(JobFiles files, Identity identity) throws IOException, SQLException {
        JobLock lock;
        try {
            lock = lock(files);
        } catch (JobException e) {
            LOG.debug("'{}' is not free", files.directory(), e);
            return Optional.empty();
        }
        if (files.holdsJob()) {
            lock.close();
            return Optional.empty();
        }
        return Optional.of(open(files, lock, identity));
    }

    private static JobLock lock(JobFiles files) throws IOException {
        try {
            Files.createDirectories(files.directory());
            return JobLock.acquire(files.lock());
        } catch (IOException e) {
            throw new JobException(
                    "the job directory '" + files.directory() + "' cannot be used: " + e
                            + ": give one on a local disk that this user may write",
                    e);
        }
    }

    private OpenJob open(JobFiles files, JobLock lock, Identity identity) throws IOException {
        try {
            return locked(files, lock, identity);
        } catch (SQLException | LedgerWriter.VanishedException e) {
            giveBack(lock, e);
            throw LedgerProblem.of(files.ledger(), e, List.of());
        } catch (IOException | RuntimeException | Error e) {
            giveBack(lock, e);
            throw e;
        }
    }

    private static void giveBack(JobLock lock, Throwable reason) {
        try {
            lock.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private OpenJob locked(JobFiles files, JobLock lock, Identity identity) throws IOException, SQLException {
        if (!Files.exists(files.ledger()) && Files.exists(files.description())) {
            throw new JobException("the directory '" + files.directory() + "' has a job.json, but its ledger '"
                    + files.ledger() + "' is gone: put it back, or remove job.json to begin anew");
        }
        Connection connection = LedgerFile.openForWriting(files.ledger(), settings.ledgerPages());
        try {
            return opened(files, lock, connection, identity);
        } catch (SQLException | IOException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private OpenJob opened(JobFiles files, JobLock lock, Connection connection, Identity identity)
            throws SQLException, IOException {
        RunRow latest = RunRow.latest(connection).orElse(null);
        Optional<String> refusal = Refusal.of(
                files.directory(),
                settings.mode(),
                settings.changesAllowed(),
                latest,
                RunRow.hasSettled(connection),
                identity,
                topology.plan());
        if (refusal.isEmpty()) {
            refusal = Refusal.ofKeys(connection, settings.mode());
        }
        if (refusal.isPresent()) {
            throw new JobException(refusal.get());
        }
        Admission admission = Admission.read(connection, settings.mode());
        RunRow run = row(latest, identity);
        OpenJob job = new OpenJob(
                files,
                lock,
                LedgerWriter.of(files, connection),
                new KeptValues(files.ledger()),
                run,
                Admission.failed(connection),
                description(run),
                new FailureFiles(files.failures()));
        connection.rollback(); // ends what was read
        Files.createDirectories(files.logs());
        job.description().write(files.description());
        job.writer().write(run::insert); // last: from here on it is a run that has begun
        observer.open(settings.mode(), admission, job.kept(), files.logs(), failed);
        return job;
    }

    private RunRow row(@Nullable RunRow latest, Identity identity) {
        return new RunRow(
                latest == null ? 1 : latest.number() + 1,
                settings.mode().kind().name(),
                "RUNNING",
                System.currentTimeMillis(),
                identity,
                executor,
                JsonFiles.line(JobDescription.machine()),
                null);
    }

    private static JobDescription description(RunRow run) {
        return new JobDescription()
                .put("topology", run.topology().name())
                .put("factory", run.topology().factory())
                .putJson("parameters", run.topology().params())
                .put("executor", run.executor())
                .putJson("machine", run.machine())
                .put("run", run.number())
                .put("mode", run.mode())
                .put("state", run.state())
                .put("started", JobDescription.time(run.started()));
    }
}

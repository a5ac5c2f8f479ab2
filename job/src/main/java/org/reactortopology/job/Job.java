package org.reactortopology.job;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.reading.Explanations;
import org.reactortopology.job.internal.reading.ItemRow;
import org.reactortopology.job.internal.reading.LedgerReader;
import org.reactortopology.job.internal.reading.Origins;
import org.reactortopology.job.internal.reading.Plans;
import org.reactortopology.job.internal.reading.Statuses;
import org.reactortopology.job.internal.report.Reports;
import org.reactortopology.job.internal.run.JobSettings;
import org.reactortopology.job.internal.run.LedgerExecutor;

/**
 * A job directory: where runs of a topology keep their ledger, so that what is done is never run again, and where people find what happened.
 *
 * <p>Immutable; nothing is read or written before a method that does so is called, or a run is subscribed to.
 */
public final class Job {

    /** Outcomes that may wait to be recorded, unless {@link #buffer} says otherwise. */
    public static final int BUFFER = 1024;

    private final Path directory;
    private final JobMode mode;
    private final int buffer;
    private final boolean changesAllowed;

    private Job(Path directory, JobMode mode, int buffer, boolean changesAllowed) {
        this.directory = directory;
        this.mode = mode;
        this.buffer = buffer;
        this.changesAllowed = changesAllowed;
    }

    /** The job of that directory, which need not exist yet, in mode {@link JobMode#FRESH}. */
    public static Job in(Path directory) {
        return new Job(Objects.requireNonNull(directory, "directory"), JobMode.FRESH, BUFFER, false);
    }

    /** The same job, whose runs do that with what the directory holds already. */
    public Job mode(JobMode asked) {
        return new Job(directory, Objects.requireNonNull(asked, "mode"), buffer, changesAllowed);
    }

    /**
     * The same job, of which at most that many outcomes wait to be recorded: so many are run, but not done for the ledger, if everything dies at once.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Job buffer(int outcomes) {
        if (outcomes < 1) {
            throw new IllegalArgumentException("buffer is " + outcomes + ": at least 1 outcome must be able to wait");
        }
        return new Job(directory, mode, outcomes, changesAllowed);
    }

    /**
     * The same job, whose runs go on although the topology or its parameters are others than those that the ledger was written with: what is done counts
     * as done, by whichever of them. {@link JobMode#RECOMPUTE} does not ask for it.
     */
    public Job allowChanges() {
        return new Job(directory, mode, buffer, true);
    }

    /**
     * Runs topologies as that executor does, and records every outcome in the ledger before it is emitted.
     *
     * <ul>
     *   <li>The directory is taken when the outcomes are subscribed to, and given back before the report is emitted. Two runs at once are refused, in
     *       whatever processes they are; so is what the mode does not allow. The outcomes then fail with a {@link JobException} and nothing is run.
     *   <li>A directory whose owner has died is taken over if that was on a machine of the same name, as no other can tell whether it lives. Where the name
     *       changes at each start, as in containers, give the host a fixed name, or remove the file {@code lock} by hand after a kill.
     *   <li>Outcomes are emitted on a thread of the ledger. A subscriber that blocks holds up the ledger, too, and thereby the run.
     *   <li>Takes no more from the source than the executor would for the same demand; at most {@link #buffer} outcomes wait to be recorded.
     *   <li>Items that the mode leaves out end as {@link org.reactortopology.Outcome.Skipped}; the ledger keeps what it says of them.
     *   <li>When the ledger cannot be written, the run is given up and the outcomes fail with a {@link LedgerException}.
     *   <li>After a cancellation what had come is recorded; works that were interrupted are run again by a resume.
     * </ul>
     */
    public JobExecutor on(TopologyExecutor executor) {
        return new LedgerExecutor(
                new JobSettings(directory, mode, buffer, changesAllowed), Objects.requireNonNull(executor, "executor"));
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /**
     * How the job stands. Blocks for the time it takes to read.
     *
     * @throws JobException if the directory has no job, or it cannot be read
     */
    public JobStatus status() {
        return read(ledger -> new Statuses(ledger, Clock.systemUTC()).status());
    }

    /**
     * What is known of a key, and what a resume would do with it. Blocks for the time it takes to read.
     *
     * @throws JobException if the directory has no job, or it cannot be read
     */
    public Explanation explain(String key) {
        return read(ledger -> new Explanations(ledger, ZoneId.systemDefault()).explain(key));
    }

    /**
     * The failures, in the order of the source. Blocks for the time it takes to read.
     *
     * @throws JobException if the directory has no job, or it cannot be read
     */
    public List<JobFailure> failures() {
        return read(ledger -> ItemRow.failures(ledger, Integer.MAX_VALUE));
    }

    /**
     * What a run in this job's mode would run and skip. Reads the source, runs nothing. Blocks until the source is at its end; also where the directory
     * has no job yet.
     */
    public JobPlan plan(Topology<?> topology) {
        return new JobFiles(directory).holdsJob()
                ? Plans.of(directory, mode, changesAllowed, topology)
                : Plans.ofNothing(directory, mode, topology);
    }

    /**
     * As {@link #plan(Topology)}, with the topology that the ledger was written with, built anew by its factory.
     *
     * @throws JobException as of {@link #topology()}
     */
    public JobPlan plan() {
        return plan(topology());
    }

    /**
     * Writes {@code report.html} and {@code report.json} from the ledger, each in one step; also while it runs and after its death. Gives the former.
     * Blocks for the time it takes to read, a few seconds for a million keys.
     *
     * @throws JobException if the directory has no job, or it cannot be read or written
     */
    public Path report() {
        return Reports.write(directory);
    }

    /**
     * The topology that the ledger was last written with, built anew by its factory from the parameters that are recorded.
     *
     * @throws JobException if the directory has no job, its topology has no origin, or the factory is not there or does not take the parameters
     */
    public Topology<?> topology() {
        return read(Origins::topology);
    }

    private <T> T read(Function<LedgerReader, T> reading) {
        return LedgerReader.read(directory, reading);
    }
}

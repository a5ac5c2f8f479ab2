package org.reactortopology.job.internal.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.internal.directory.Owner;
import org.reactortopology.job.internal.ledger.JobFiles;

/**
 * Tells a run that runs from one whose process is dead, or which its living process could not write the end of. A run that runs has its lock, and
 * {@code job.json} does not say that it has ended.
 */
public final class Liveness {

    /** A run of another machine is held for dead when its ledger has shown no sign of life for so long; there is one each second. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final JobFiles files;
    private final Clock clock;

    /** Of runs in that directory; signs of life are held against that clock. */
    public Liveness(JobFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** How the run stands. */
    public JobStatus.State state(RecordedRun run, Optional<LiveRow> live) {
        JobStatus.State recorded = recorded(run.state());
        if (recorded != JobStatus.State.RUNNING) {
            return recorded;
        }
        Optional<JobStatus.State> described = described(run).map(told -> recorded(told.textOrEmpty("state")));
        if (described.isPresent()) {
            return described.get();
        }
        Owner owner = owner(run.machine());
        boolean holds = owner.equals(owner(content(files.lock())));
        boolean alive = holds
                && (owner.isHere()
                        ? owner.lives()
                        : isFresh(live.map(LiveRow::at).orElse(run.started())));
        return alive ? JobStatus.State.RUNNING : JobStatus.State.KILLED;
    }

    /** What broke the run, of which the ledger may not know. */
    Optional<String> error(RecordedRun run) {
        return run.error().or(() -> described(run).flatMap(told -> told.text("error")));
    }

    /** What {@code job.json} says of a run whose end could not be written to the ledger. */
    private Optional<Json> described(RecordedRun run) {
        Json told = content(files.description());
        boolean ended = told.count("run") == run.number()
                && recorded(told.textOrEmpty("state")) != JobStatus.State.RUNNING
                && recorded(run.state()) == JobStatus.State.RUNNING;
        return ended ? Optional.of(told) : Optional.empty();
    }

    private static Json content(Path file) {
        try {
            return Json.of(Files.readString(file));
        } catch (IOException e) { // not there
            return Json.of(null);
        }
    }

    private static JobStatus.State recorded(String state) {
        try {
            return JobStatus.State.valueOf(state);
        } catch (IllegalArgumentException e) {
            return JobStatus.State.FAILED;
        }
    }

    private boolean isFresh(Instant sign) {
        return Duration.between(sign, clock.instant()).compareTo(SILENCE) < 0;
    }

    private static Owner owner(Json machine) {
        Instant start = machine.number("processStart").isPresent()
                ? Instant.ofEpochMilli(machine.count("processStart"))
                : parsed(machine.textOrEmpty("processStart"));
        return new Owner(machine.textOrEmpty("host"), machine.count("pid"), start);
    }

    private static Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}

package org.reactortopology.job.internal.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.internal.directory.Owner;

/** Tells a run that runs from one whose process is dead. */
public final class Liveness {

    /** A run of another machine is held for dead when its ledger has shown no sign of life for so long; there is one each second. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private final Clock clock;

    /** Signs of life are held against that clock. */
    public Liveness(Clock clock) {
        this.clock = clock;
    }

    /** How the run stands. */
    public JobStatus.State state(RecordedRun run, Optional<LiveRow> live) {
        JobStatus.State recorded = recorded(run.state());
        if (recorded != JobStatus.State.RUNNING) {
            return recorded;
        }
        Owner owner = owner(run.machine());
        boolean alive =
                owner.isHere() ? owner.lives() : isFresh(live.map(LiveRow::at).orElse(run.started()));
        return alive ? JobStatus.State.RUNNING : JobStatus.State.KILLED;
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

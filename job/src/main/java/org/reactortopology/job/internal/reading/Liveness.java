package org.reactortopology.job.internal.reading;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.reactortopology.job.JobStatus;

/** Tells a run that runs from one whose process is dead. */
public final class Liveness {

    /** A run of another machine is held for dead when its ledger has shown no sign of life for so long; there is one each second. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** Starts of processes are known to hundredths of a second, and shift when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private final Clock clock;

    public Liveness(Clock clock) {
        this.clock = clock;
    }

    /** How the run stands. */
    public JobStatus.State state(RunRow run, Optional<LiveRow> live) {
        JobStatus.State recorded = recorded(run.state());
        if (recorded != JobStatus.State.RUNNING) {
            return recorded;
        }
        boolean alive = isThisHost(run.machine().textOrEmpty("host"))
                ? isAlive(run.machine())
                : Duration.between(live.map(LiveRow::at).orElse(run.started()), clock.instant())
                                .compareTo(SILENCE)
                        < 0;
        return alive ? JobStatus.State.RUNNING : JobStatus.State.KILLED;
    }

    private static JobStatus.State recorded(String state) {
        try {
            return JobStatus.State.valueOf(state);
        } catch (IllegalArgumentException e) {
            return JobStatus.State.FAILED;
        }
    }

    private static boolean isAlive(Json machine) {
        Optional<ProcessHandle> process = machine.number("pid").stream()
                .mapToObj(ProcessHandle::of)
                .flatMap(Optional::stream)
                .filter(ProcessHandle::isAlive)
                .findFirst();
        Optional<Instant> recorded = started(machine);
        Optional<Instant> seen = process.flatMap(each -> each.info().startInstant());
        boolean sameStart = recorded.isEmpty()
                || seen.isEmpty()
                || Duration.between(recorded.get(), seen.get()).abs().compareTo(START_TOLERANCE) <= 0;
        return process.isPresent() && sameStart;
    }

    private static Optional<Instant> started(Json machine) {
        Optional<Instant> millis = machine.number("processStart").stream()
                .filter(value -> value > 0)
                .mapToObj(Instant::ofEpochMilli)
                .findFirst();
        if (millis.isPresent()) {
            return millis;
        }
        try {
            return machine.text("processStart").map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Asks the kernel and the environment first: the name service may take seconds. */
    private static boolean isThisHost(String host) {
        return host.equals(kernelHost())
                || host.equals(System.getenv("HOSTNAME"))
                || host.equals(System.getenv("COMPUTERNAME"))
                || host.equals(serviceHost());
    }

    private static String kernelHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String serviceHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}

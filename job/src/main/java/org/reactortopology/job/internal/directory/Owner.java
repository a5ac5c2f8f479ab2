package org.reactortopology.job.internal.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The process that runs a job.
 *
 * @param host name of its machine
 * @param pid its number there
 * @param processStart when it was started, so that another process with the same number is not taken for it
 */
public record Owner(String host, long pid, Instant processStart) {

    /** What the start of a process may seem to move by when the clock of the machine is set. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private static final Owner SELF =
            new Owner(hostName(), ProcessHandle.current().pid(), startOf(ProcessHandle.current()));

    /** This process. */
    public static Owner self() {
        return SELF;
    }

    /** Whether it is of this machine; of others it cannot be told whether they live. */
    public boolean isHere() {
        return host.equals(SELF.host);
    }

    /** Whether it is this process. */
    public boolean isSelf() {
        return isHere() && pid == SELF.pid && isNear(SELF.processStart);
    }

    /** Whether it lives; false for processes of other machines. */
    public boolean lives() {
        return isHere()
                && ProcessHandle.of(pid)
                        .filter(process -> process.isAlive() && !isZombie(pid))
                        .filter(process -> process.info().startInstant().isEmpty() || isNear(startOf(process)))
                        .isPresent();
    }

    /** Whether it has died and nobody has asked for its exit code yet, which may be so for ever in a container without an init process. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1); // behind the name, which may hold anything
        } catch (IOException e) {
            return false; // not Linux, or gone just now
        }
    }

    private boolean isNear(Instant start) {
        return Duration.between(processStart, start).abs().compareTo(CLOCK_STEP) <= 0;
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) { // a machine without a name that resolves
            return "localhost";
        }
    }

    /** {@code process 12 on host, started ...}. */
    @Override
    public String toString() {
        return "process " + pid + " on " + host + ", started " + processStart;
    }
}

package org.reactortopology.multiprocess.internal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reactortopology.multiprocess.internal.claim.ClaimSettings;
import org.reactortopology.spi.UserCache;

/**
 * How child JVMs are started and ended.
 *
 * @param share processors that each is told it has, largest heap of each, and the line that says so
 * @param jvmOptions further options
 * @param logDirectory where their logs go; empty: a fresh temporary directory, removed when the run completes normally
 * @param loopback use loopback TCP even where a Unix-domain socket would do
 * @param maxBodyBytes longest frame body
 * @param startTimeout from the start of a process until it must have connected
 * @param stopTimeout how long a process may take to end by itself
 * @param archive directory of the archives from which they load classes; empty: none
 * @param claims memory that they share with this process for large values; empty: none
 */
public record ProcessSettings(
        MachineShare share,
        List<String> jvmOptions,
        Optional<Path> logDirectory,
        boolean loopback,
        int maxBodyBytes,
        Duration startTimeout,
        Duration stopTimeout,
        Optional<Path> archive,
        Optional<ClaimSettings> claims) {

    /** Copies the list. */
    public ProcessSettings {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Where archives go unless someone says otherwise. */
    public static Path defaultArchive() {
        return UserCache.directory();
    }
}

package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Function;
import org.reactortopology.commandline.internal.terminal.Surface;
import org.reactortopology.commandline.internal.terminal.Terminal;

/**
 * What commands find around them.
 *
 * @param surface where they read from and write to
 * @param jobs the job of a directory
 * @param clock now, and the zone in which people read times
 */
public record Surroundings(Surface surface, Function<Path, JobView> jobs, Clock clock) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(Terminal.ofProcess(), JobView::in, Clock.system(ZoneId.systemDefault()));
    }
}

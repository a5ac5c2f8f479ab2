package org.reactortopology.spi;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether the compilers of this JVM have something to do, for those who write archives of classes. Before JDK 21, that a method waits for a compiler is
 * written with it (JDK-8306460), and no JVM that starts from such an archive ever compiles that method: it interprets the hottest methods for good, many
 * times slower.
 */
public final class Compilers {

    /** Since then it does not matter what the compilers are about while an archive is written. */
    private static final int ANY_TIME_SINCE = 21;

    /** Nobody is told when a compiler is done, so that one has to look. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final List<String> IDLE_LINES = List.of("Current compiles:", "Empty");

    private Compilers() {}

    /** Whether an archive that is written while they work makes others slow. */
    public static boolean mustBeIdleToArchive() {
        return Runtime.version().feature() < ANY_TIME_SINCE;
    }

    /**
     * Completes when they have nothing to do, on a thread of the parallel scheduler, which looks every 20 ms. Fails with a {@link
     * java.util.concurrent.TimeoutException} if that is not so within that time, and otherwise if this JVM does not tell.
     */
    public static Mono<Void> idle(Duration patience) {
        return Flux.interval(Duration.ZERO, BETWEEN_LOOKS)
                .onBackpressureDrop()
                .map(look -> areIdle())
                .filter(idle -> idle)
                .next()
                .timeout(patience)
                .then();
    }

    private static boolean areIdle() {
        return areIdle(diagnostic("compilerQueue"));
    }

    /**
     * What this JVM answers to a command of {@code jcmd}. Blocks.
     *
     * @param command its name in the manner of {@code javax.management}, such as {@code compilerQueue}
     * @throws IllegalStateException if there is no such command
     */
    public static @Nullable Object diagnostic(String command, String... arguments) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            return arguments.length == 0
                    ? beans.invoke(commands, command, new Object[0], new String[0])
                    : beans.invoke(
                            commands, command, new Object[] {arguments}, new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not know the command " + command, e);
        }
    }

    /** Whether a report of {@code jcmd Compiler.queue} names no method: neither one that is compiled nor one that waits. */
    static boolean areIdle(@Nullable Object report) {
        return String.valueOf(report)
                .lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.endsWith("compile queue:") || IDLE_LINES.contains(line));
    }
}

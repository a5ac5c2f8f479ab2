package org.reactortopology.multiprocess.internal.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A worker that writes the archive of classes when it ends waits until its compilers are idle, and says so by a file beside the archive. Before JDK 21,
 * that a method waits for a compiler is written with it (JDK-8306460), and no JVM that starts from such an archive ever compiles that method: it interprets
 * the hottest methods for good, many times slower.
 */
public final class IdleCompilers {

    /** Names the file to make when the compilers are idle. */
    public static final String MARK_PROPERTY = "org.reactortopology.idleCompilersMark";

    private static final Logger LOG = LoggerFactory.getLogger(IdleCompilers.class);

    /** Nobody is told when a compiler is done, so that one has to look. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final List<String> IDLE_LINES = List.of("Current compiles:", "Empty");

    private IdleCompilers() {}

    /** Completes when the file has been made, or when it is not to be made: at once if none was asked for. Never fails. */
    static Mono<Void> marked() {
        String mark = System.getProperty(MARK_PROPERTY);
        if (mark == null) {
            return Mono.empty();
        }
        return Flux.interval(Duration.ZERO, BETWEEN_LOOKS)
                .onBackpressureDrop()
                .map(look -> isIdle())
                .filter(idle -> idle)
                .next()
                .timeout(PATIENCE)
                .doOnNext(idle -> make(Path.of(mark)))
                .doOnError(error -> LOG.debug("the compilers were not seen idle", error))
                .onErrorComplete()
                .then();
    }

    private static boolean isIdle() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            return isIdle(beans.invoke(commands, "compilerQueue", new Object[0], new String[0]));
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not tell what its compilers do", e);
        }
    }

    /** Whether a report of {@code jcmd Compiler.queue} names no method: neither one that is compiled nor one that waits. */
    static boolean isIdle(@Nullable Object report) {
        return String.valueOf(report)
                .lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.endsWith("compile queue:") || IDLE_LINES.contains(line));
    }

    private static void make(Path mark) {
        try {
            Files.createFile(mark);
        } catch (IOException e) {
            LOG.debug("the archive of classes will not be kept", e);
        }
    }
}

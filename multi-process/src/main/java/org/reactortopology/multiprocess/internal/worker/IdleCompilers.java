package org.reactortopology.multiprocess.internal.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.reactortopology.spi.Compilers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A worker that writes the archive of classes when it ends waits until its {@link Compilers} are idle, and says so by a file beside the archive. */
public final class IdleCompilers {

    /** Names the file to make when the compilers are idle. */
    public static final String MARK_PROPERTY = "org.reactortopology.idleCompilersMark";

    private static final Logger LOG = LoggerFactory.getLogger(IdleCompilers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private IdleCompilers() {}

    /** Completes when the file has been made, or when it is not to be made: at once if none was asked for. Never fails. */
    static Mono<Void> marked() {
        String mark = System.getProperty(MARK_PROPERTY);
        if (mark == null) {
            return Mono.empty();
        }
        return Compilers.idle(PATIENCE)
                .then(Mono.<Void>fromRunnable(() -> make(Path.of(mark))))
                .doOnError(error -> LOG.debug("the compilers were not seen idle", error))
                .onErrorComplete();
    }

    private static void make(Path mark) {
        try {
            Files.createFile(mark);
        } catch (IOException e) {
            LOG.debug("the archive of classes will not be kept", e);
        }
    }
}

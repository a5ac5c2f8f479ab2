package org.reactortopology.commandline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.internal.terminal.Signals;

/**
 * Ends a run by signals: SIGINT, SIGTERM and SIGUSR2 drain it; SIGINT or SIGTERM while it drains stops it now. Until it is closed, these signals do
 * not end the JVM.
 *
 * <p>On Linux, JDK Flight Recorder samples threads by SIGUSR2 as well: a recording would drain the run, and have no samples. The environment variable
 * {@code _JAVA_SR_SIGNUM}, set to another signal's number such as 40 before the JVM starts, moves what the JVM sends to itself.
 */
public final class EndOnSignal implements AutoCloseable {

    private static final String DRAIN_ONLY = "USR2";

    private final TopologyRun<?> run;
    private final Duration timeout;
    private final String items;
    private final Consumer<String> tell;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Signals signals;

    /**
     * From now on.
     *
     * @param timeout how long a drain may take
     * @param items what the items are called, in the plural
     * @param tell gets a line for each signal, on the signal's thread
     */
    public EndOnSignal(TopologyRun<?> run, Duration timeout, String items, Consumer<String> tell) {
        this.run = run;
        this.timeout = timeout;
        this.items = items;
        this.tell = tell;
        this.signals = Signals.handle(this::signalled, "INT", "TERM", DRAIN_ONLY);
    }

    private void signalled(String signal) {
        if (draining.compareAndSet(false, true)) {
            tell.accept("SIG" + signal + ": no more " + items + " are begun; those under way have "
                    + timeout.toSeconds() + " s to end; SIGINT or SIGTERM stops them now");
            run.drain(timeout);
        } else if (!signal.equals(DRAIN_ONLY)) {
            tell.accept("SIG" + signal + ": stopping now");
            run.stop();
        }
    }

    /** What the signals did before is in force again. */
    @Override
    public void close() {
        signals.close();
    }
}

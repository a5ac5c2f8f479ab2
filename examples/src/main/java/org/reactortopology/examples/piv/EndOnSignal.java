package org.reactortopology.examples.piv;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reactortopology.TopologyRun;

/**
 * Ends a run by signals: SIGINT, SIGTERM and SIGUSR2 drain it; SIGINT or SIGTERM while it drains stops it now. Until it is closed, these signals do
 * not end the JVM.
 */
final class EndOnSignal implements AutoCloseable {

    private static final String DRAIN_ONLY = "USR2";

    private final TopologyRun<?> run;
    private final Duration timeout;
    private final Consumer<String> tell;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Signals signals;

    /**
     * From now on.
     *
     * @param timeout how long a drain may take
     * @param tell gets a line for each signal, on the signal's thread
     */
    EndOnSignal(TopologyRun<?> run, Duration timeout, Consumer<String> tell) {
        this.run = run;
        this.timeout = timeout;
        this.tell = tell;
        this.signals = Signals.handle(this::signalled, "INT", "TERM", DRAIN_ONLY);
    }

    private void signalled(String signal) {
        if (draining.compareAndSet(false, true)) {
            tell.accept("SIG" + signal + ": no more pairs are begun; those under way have " + timeout.toSeconds()
                    + " s to end; SIGINT or SIGTERM stops them now");
            run.drain(timeout);
        } else if (!signal.equals(DRAIN_ONLY)) {
            tell.accept("SIG" + signal + ": stopping now");
            run.stop();
        }
    }

    @Override
    public void close() {
        signals.close();
    }
}

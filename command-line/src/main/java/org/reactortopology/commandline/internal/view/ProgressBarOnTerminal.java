package org.reactortopology.commandline.internal.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.reactortopology.Progress;

/** Draws over and over how far a run has come. */
public final class ProgressBarOnTerminal implements AutoCloseable {

    private static final int UNKNOWN = -1;
    private static final int REDRAW_MILLIS = 250;

    private final PrintStream stream;
    private final LongSupplier nanos;
    private final Pace pace;
    private final ProgressBar bar;
    private boolean last; // guarded by this
    private volatile Optional<Duration> left = Optional.empty(); // written by show, read by the thread that draws

    /** A bar on that stream, drawn from now on. */
    public ProgressBarOnTerminal(String name, String items, PrintStream stream, LongSupplier nanos) {
        this.stream = stream;
        this.nanos = nanos;
        this.pace = new Pace(nanos.getAsLong());
        this.bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setUnit(" " + items, 1)
                .setInitialMax(UNKNOWN)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(stream))
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setEtaFunction(state -> left) // its own would count skipped items as rate
                .build();
    }

    /** Shows that snapshot with the next drawing, unless the last one is there. */
    public synchronized void show(Progress progress) {
        if (!last) {
            draw(progress);
        }
    }

    /** Shows that snapshot, and none after it. */
    public synchronized void showLast(Progress progress) {
        last = true;
        draw(progress);
    }

    private void draw(Progress progress) {
        double perSecond = pace.perSecond(nanos.getAsLong(), ProgressLines.ran(progress));
        left = ProgressLines.left(progress, perSecond);
        progress.total().ifPresent(bar::maxHint);
        bar.stepTo(progress.endedOfSource());
        String failed = progress.failed() == 0 ? "" : ", " + Amounts.count(progress.failed()) + " failed";
        bar.setExtraMessage(" " + Amounts.rate(perSecond) + failed);
    }

    @Override
    public void close() {
        bar.close();
        stream.flush();
    }
}

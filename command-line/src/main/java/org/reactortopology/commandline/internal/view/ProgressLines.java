package org.reactortopology.commandline.internal.view;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Progress;

/** Tells in lines how far a run has come. */
public final class ProgressLines implements AutoCloseable {

    private final String name;
    private final String items;
    private final PrintWriter out;
    private final LongSupplier nanos;
    private final Pace pace;
    private volatile @Nullable Progress latest; // written by the run's thread, read by the one that tells

    /** Lines that begin with the name. */
    public ProgressLines(String name, String items, PrintWriter out, LongSupplier nanos) {
        this.name = name;
        this.items = items;
        this.out = out;
        this.nanos = nanos;
        this.pace = new Pace(nanos.getAsLong());
    }

    /** Takes the latest snapshot, and does no more. */
    public void note(Progress progress) {
        latest = progress;
    }

    /** Prints one line of the latest snapshot, if there is one. */
    public void tell() {
        Progress progress = latest;
        if (progress != null) {
            out.println(name + ": " + line(progress, items, pace.perSecond(nanos.getAsLong(), ran(progress))));
            out.flush();
        }
    }

    @Override
    public void close() {
        out.flush();
    }

    /** Items of the source that were run: what was skipped says nothing of the pace. */
    static long ran(Progress progress) {
        return Math.min(progress.ended() - progress.skipped(), progress.endedOfSource());
    }

    private static String line(Progress progress, String items, double perSecond) {
        StringBuilder line = new StringBuilder(Amounts.count(progress.endedOfSource()));
        progress.total()
                .ifPresent(total -> line.append(" of ")
                        .append(Amounts.count(total))
                        .append(' ')
                        .append(items)
                        .append(" (")
                        .append(Amounts.percent(progress.endedOfSource(), total))
                        .append(')'));
        if (progress.total().isEmpty()) {
            line.append(' ').append(items);
        }
        if (progress.failed() > 0) {
            line.append(", ").append(Amounts.count(progress.failed())).append(" failed");
        }
        line.append(", ").append(Amounts.rate(perSecond));
        Optional<Duration> left = left(progress, perSecond);
        left.ifPresent(time -> line.append(", ").append(Amounts.left(time)));
        return line.toString();
    }

    static Optional<Duration> left(Progress progress, double perSecond) {
        return progress.total().isEmpty()
                ? Optional.empty()
                : Pace.left(progress.total().getAsLong() - progress.endedOfSource(), perSecond);
    }
}

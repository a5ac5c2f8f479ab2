package org.reactortopology.commandline.internal.view;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.reactortopology.commandline.internal.terminal.Ink;
import org.reactortopology.commandline.internal.terminal.Size;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.Now;
import org.reactortopology.job.JobStatus.QueueNow;
import org.reactortopology.job.JobStatus.WorkNow;
import org.reactortopology.job.JobStatus.WorkerNow;

/** A job that is watched: the three lines, and beneath them works, queues and workers; side by side where there is room. */
public final class WatchView {

    private static final int WIDE = 150;
    private static final int GAP = 4;
    private static final int RULED = 80;

    private final Size size;
    private final ZoneId zone;
    private final boolean colour;

    /** For that room. */
    public WatchView(Size size, ZoneId zone, boolean colour) {
        this.size = size.isUnbounded() ? new Size(RULED, size.rows()) : size;
        this.zone = zone;
        this.colour = colour;
    }

    /** The lines, at most one less than there are rows: the cursor stands in the last. */
    public List<String> lines(JobStatus status, Instant now) {
        List<String> lines = new ArrayList<>(new StatusView(status, now, zone, size.columns(), colour).threeLines());
        status.now().ifPresent(latest -> lines.addAll(tables(latest)));
        int most = Math.max(3, size.rows() - 1);
        if (lines.size() <= most) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, most - 1));
        shown.add(Ink.FAINT.on(
                Texts.fit("(" + (lines.size() - most + 1) + " more lines: the terminal is too low)", size.columns()),
                colour));
        return shown;
    }

    private List<String> tables(Now latest) {
        if (size.columns() < WIDE) {
            List<String> lines = new ArrayList<>();
            append(lines, works(latest.works(), size.columns()));
            append(lines, queues(latest.queues(), size.columns()));
            append(lines, workers(latest.workers(), size.columns()));
            return lines;
        }
        int half = (size.columns() - GAP) / 2;
        List<String> left = new ArrayList<>();
        append(left, works(latest.works(), half));
        List<String> right = new ArrayList<>();
        append(right, queues(latest.queues(), half));
        append(right, workers(latest.workers(), half));
        return left.isEmpty() || right.isEmpty() ? left.isEmpty() ? right : left : beside(left, right, half);
    }

    private static void append(List<String> lines, List<String> table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table);
        }
    }

    private static List<String> beside(List<String> left, List<String> right, int half) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String first = i < left.size() ? left.get(i) : "";
            String second = i < right.size() ? right.get(i) : "";
            int shown = Texts.width(first.replaceAll("\u001b\\[[0-9;]*m", ""));
            String line = second.isEmpty() ? first : first + " ".repeat(Math.max(0, half - shown) + GAP) + second;
            lines.add(line);
        }
        return lines;
    }

    private List<String> works(List<WorkNow> works, int width) {
        if (works.isEmpty()) {
            return List.of();
        }
        long most = Math.max(
                1, works.stream().mapToLong(work -> work.time().toNanos()).max().orElse(1));
        int bar = Math.max(8, width - 60);
        Table table = new Table(0, "WORK", ">CALLS", ">FAILED", ">MEAN", ">TIME", "");
        for (WorkNow work : works) {
            String mean = work.calls() == 0 ? "-" : Amounts.time(work.time().dividedBy(work.calls()));
            table.row(
                    work.name(),
                    Amounts.count(work.calls()),
                    Amounts.count(work.failures()),
                    mean,
                    Amounts.time(work.time()),
                    Bars.of(work.time().toNanos(), most, bar));
        }
        return table.lines(width, colour);
    }

    private List<String> queues(List<QueueNow> queues, int width) {
        if (queues.isEmpty()) {
            return List.of();
        }
        int bar = Math.max(8, Math.min(40, width - 50));
        Table table = new Table(0, "QUEUE", ">HOLDS", ">OF", ">MOST", "");
        for (QueueNow queue : queues) {
            table.row(
                    queue.edge(),
                    Amounts.count(queue.depth()),
                    Amounts.count(queue.capacity()),
                    Amounts.count(queue.highest()),
                    Bars.of(queue.depth(), queue.capacity(), bar));
        }
        return table.lines(width, colour);
    }

    private List<String> workers(List<WorkerNow> workers, int width) {
        if (workers.isEmpty()) {
            return List.of();
        }
        long most = Math.max(
                1, workers.stream().mapToLong(WorkerNow::memoryBytes).max().orElse(1));
        int bar = Math.max(8, Math.min(40, width - 60));
        Table table = new Table(5, ">WORKER", ">PID", ">ITEMS", ">OUTCOMES", ">MEMORY", "");
        workers.stream()
                .sorted(Comparator.comparingInt(WorkerNow::id))
                .forEach(worker -> table.row(
                        Integer.toString(worker.id()),
                        Long.toString(worker.pid()),
                        Amounts.count(worker.items()),
                        Amounts.count(worker.outcomes()),
                        worker.memoryBytes() == 0 ? "-" : Amounts.bytes(worker.memoryBytes()),
                        worker.memoryBytes() == 0 ? "" : Bars.of(worker.memoryBytes(), most, bar)));
        return table.lines(width, colour);
    }
}

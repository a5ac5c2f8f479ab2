package org.reactortopology.job.internal.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.internal.directory.JsonFiles;
import org.reactortopology.job.internal.ledger.Samples.Sample;
import org.reactortopology.spi.ResidentMemory;

/** Looks at a run, again and again, by one thread. */
final class Pulse {

    private final TopologyRun<?> run;
    private Duration workTime = Duration.ZERO;
    private long lookedNanos = System.nanoTime();

    Pulse(TopologyRun<?> run) {
        this.run = run;
    }

    /** What one look has seen; {@code progress} is JSON. */
    record Beat(Sample sample, String progress) {}

    /** Looks. */
    Beat beat() {
        Progress progress = progress();
        List<WorkReport> works = run.works();
        List<Map<String, Object>> workers = new ArrayList<>();
        long memory = ResidentMemory.of(ProcessHandle.current().pid());
        int alive = 0;
        for (WorkerReport worker : run.workers()) {
            boolean lives = ProcessHandle.of(worker.pid())
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
            long resident = lives ? ResidentMemory.of(worker.pid()) : 0;
            memory += resident;
            alive += lives ? 1 : 0;
            workers.add(worker(worker, resident));
        }
        Sample sample = new Sample(
                System.currentTimeMillis(),
                progress == null ? 0 : progress.taken(),
                progress == null ? 0 : progress.ended(),
                progress == null ? 0 : progress.failed(),
                progress == null ? 0 : progress.derived(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                memory,
                busy(works),
                alive);
        return new Beat(sample, JsonFiles.line(live(progress, works, workers)));
    }

    /** The counts as they are; given at once. */
    @Nullable
    Progress progress() {
        AtomicReference<@Nullable Progress> latest = new AtomicReference<>();
        run.progress().next().subscribe(latest::set);
        return latest.get();
    }

    /** Calls that ran in the mean since the last look: the time that works have told since then, in terms of the time that has passed. */
    private long busy(List<WorkReport> works) {
        Duration now = works.stream().map(WorkReport::time).reduce(Duration.ZERO, Duration::plus);
        long nanos = System.nanoTime();
        double busy = now.minus(workTime).toNanos() / (double) Math.max(1, nanos - lookedNanos);
        workTime = now;
        lookedNanos = nanos;
        return Math.round(busy);
    }

    private Map<String, Object> live(
            @Nullable Progress progress, List<WorkReport> works, List<Map<String, Object>> workers) {
        Map<String, Object> live = new LinkedHashMap<>();
        if (progress != null) {
            progress.total().ifPresent(total -> live.put("total", total));
            live.put("taken", progress.taken());
            live.put("done", progress.done());
            live.put("failures", progress.failed());
            live.put("skipped", progress.skipped());
            live.put("derived", progress.derived());
            live.put("elapsedMillis", progress.elapsed().toMillis());
        }
        live.put("works", works.stream().map(Pulse::work).toList());
        live.put("queues", run.queues().stream().map(Pulse::queue).toList());
        live.put("workers", workers);
        return live;
    }

    /** A work as JSON has it. */
    static Map<String, Object> work(WorkReport work) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", work.name());
        told.put("calls", work.calls());
        told.put("failures", work.failures());
        told.put("millis", work.time().toMillis());
        return told;
    }

    private static Map<String, Object> queue(QueueDepth queue) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("edge", queue.edge());
        told.put("depth", queue.depth());
        told.put("capacity", queue.capacity());
        told.put("highest", queue.highest());
        return told;
    }

    /** A worker as JSON has it. */
    static Map<String, Object> worker(WorkerReport worker, long memoryBytes) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", worker.id());
        told.put("pid", worker.pid());
        told.put("items", worker.items());
        told.put("outcomes", worker.outcomes());
        told.put("memoryBytes", memoryBytes);
        return told;
    }
}

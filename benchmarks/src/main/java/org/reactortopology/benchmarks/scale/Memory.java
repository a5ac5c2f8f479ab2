package org.reactortopology.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.WorkerPool;

/** Memory of coordinator and worker at ten points of one long run, heaps right after a full collection. */
public final class Memory implements Suite {

    private static final Unit MIB = Unit.less("MiB");
    private static final Pattern USED = Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");
    private static final double KIB_IN_MIB = 1024;
    private static final double BYTES_IN_MIB = 1024 * KIB_IN_MIB;
    private static final int POINTS = 10;
    private static final long ITEMS = 10_000_000;
    private static final long ITEMS_IN_SHORT = 100_000;
    private static final long WARM_UP = 200_000;
    private static final double FLAT = 1.1;

    @Override
    public void run(Session session) {
        long items = session.shortForm() ? ITEMS_IN_SHORT : ITEMS;
        long step = items / POINTS;
        try (WorkerPool pool = Pools.warm(1, session.shortForm() ? step : WARM_UP)) {
            Long count = Pools.executor(pool)
                    .run(Numbers.topology(items, 1, 0))
                    .outcomes()
                    .index()
                    .doOnNext(outcome -> {
                        long before = outcome.getT1() + 1;
                        if (before % step == 0) {
                            sample(session, before, before / step <= POINTS / 2);
                        }
                    })
                    .count()
                    .block();
            session.progress("memory: " + count + " items");
        }
        for (String what : new String[] {"coordinator", "worker"}) {
            for (String kind : new String[] {"heap", "resident"}) {
                session.load("memory of the " + what + ", " + kind + ", second half of the run against the first")
                        .ratio("second half", "first half", MIB, Target.atMost(FLAT));
            }
        }
    }

    /** On the subscriber's thread, which may wait: the run waits with it. */
    private static void sample(Session session, long items, boolean firstHalf) {
        ProcessHandle worker = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_IN_MIB;
        add(session, items, firstHalf, "coordinator", "heap", heap);
        add(session, items, firstHalf, "coordinator", "resident", resident(ProcessHandle.current()));
        command(worker, "GC.run");
        add(session, items, firstHalf, "worker", "heap", used(command(worker, "GC.heap_info")));
        add(session, items, firstHalf, "worker", "resident", resident(worker));
    }

    private static void add(Session session, long items, boolean firstHalf, String of, String kind, double mib) {
        session.load("memory over a run").at((double) items, "items").sample(of + ", " + kind, MIB, mib);
        Load halves = session.load("memory of the " + of + ", " + kind + ", second half of the run against the first");
        halves.sample(firstHalf ? "first half" : "second half", MIB, mib);
    }

    private static double resident(ProcessHandle process) {
        return ProcessFiles.residentBytes(process.pid()) / BYTES_IN_MIB;
    }

    private static double used(String heapInfo) {
        Matcher matcher = USED.matcher(heapInfo);
        double kib = 0;
        while (matcher.find()) {
            kib += Double.parseDouble(matcher.group(1));
        }
        if (kib == 0) {
            throw new IllegalStateException("jcmd told of no heap: " + heapInfo);
        }
        return kib / KIB_IN_MIB;
    }

    private static String command(ProcessHandle process, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process started = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

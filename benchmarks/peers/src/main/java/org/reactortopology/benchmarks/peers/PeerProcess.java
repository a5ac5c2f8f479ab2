package org.reactortopology.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * One subject with one load in a JVM of its own. Arguments: subject, load, and how many times as many items as the load has by default, as a fraction.
 * Prints, in seconds, {@code @start} and the time that the engine took to start, then {@code @sample} with wall time and CPU time of each measured run.
 */
public final class PeerProcess {

    private PeerProcess() {}

    /** Measures. Exits by itself, whatever threads an engine leaves. */
    public static void main(String[] args) throws Exception {
        Load load = Load.of(args[1]);
        double size = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        try (Subject subject = Peer.of(args[0]).create()) {
            long begin = System.nanoTime();
            subject.start();
            System.out.printf(Locale.ROOT, "@start %.6f%n", (System.nanoTime() - begin) / 1e9);
            long warm = System.nanoTime() + load.warmUpSeconds() * 1_000_000_000L;
            do {
                check(subject, load, (int) (load.warmUpItems() * size));
            } while (System.nanoTime() < warm);
            for (int i = 0; i < load.samples(); i++) {
                sample(subject, load, (int) (load.items() * size));
            }
        }
        System.exit(0);
    }

    private static void sample(Subject subject, Load load, int items) throws Exception {
        System.gc();
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        check(subject, load, items);
        long wall = System.nanoTime() - begin;
        System.out.printf(Locale.ROOT, "@sample %.6f %.6f%n", wall / 1e9, (cpuNanos() - cpu) / 1e9);
    }

    private static void check(Subject subject, Load load, int items) throws Exception {
        Total total = subject.run(load, items);
        Total expected = load.expected(items);
        if (!total.matches(expected)) {
            throw new IllegalStateException(load.id() + ": " + total + " instead of " + expected);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}

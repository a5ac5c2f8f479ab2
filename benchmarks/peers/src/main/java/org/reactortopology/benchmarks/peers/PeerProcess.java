package org.reactortopology.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.reactortopology.benchmarks.harness.MeasuredCommand;

/**
 * One subject with one load in a JVM of its own. Arguments: subject, load, and the share of the load's items that is run, 1 unless said otherwise. Tells
 * how long the engine took to start, and, of the runs after the warm-up, the median of the times and the mean of the CPU times, whose clock is coarse.
 */
public final class PeerProcess {

    static final String START = "start";
    static final String SECONDS = "seconds";
    static final String CPU_SECONDS = "cpu";
    static final String ITEMS = "items";

    private static final double NANOS = 1e9;

    private PeerProcess() {}

    /** Measures. Exits by itself, whatever threads an engine leaves. */
    public static void main(String[] args) throws Exception {
        PeerLoad load = PeerLoad.of(args[1]);
        double share = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        try (Subject subject = Peer.of(args[0]).create()) {
            long begin = System.nanoTime();
            subject.start();
            MeasuredCommand.tell(START, (System.nanoTime() - begin) / NANOS);
            long warm = System.nanoTime() + (long) (load.warmUpSeconds() * share * NANOS);
            do {
                check(subject, load, (int) (load.warmUpItems() * share));
            } while (System.nanoTime() < warm);
            measure(subject, load, (int) (load.items() * share));
        }
        System.exit(0);
    }

    private static void measure(Subject subject, PeerLoad load, int items) throws Exception {
        double[] seconds = new double[load.samples()];
        long cpu = 0;
        for (int i = 0; i < seconds.length; i++) {
            System.gc();
            long cpuBegin = cpuNanos();
            long begin = System.nanoTime();
            check(subject, load, items);
            seconds[i] = (System.nanoTime() - begin) / NANOS;
            cpu += cpuNanos() - cpuBegin;
        }
        Arrays.sort(seconds);
        MeasuredCommand.tell(ITEMS, items);
        MeasuredCommand.tell(SECONDS, seconds[seconds.length / 2]);
        MeasuredCommand.tell(CPU_SECONDS, cpu / NANOS / seconds.length);
    }

    private static void check(Subject subject, PeerLoad load, int items) throws Exception {
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

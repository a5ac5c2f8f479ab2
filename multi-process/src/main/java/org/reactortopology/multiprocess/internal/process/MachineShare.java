package org.reactortopology.multiprocess.internal.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How the machine is shared out: workers, threads of each, heap of each.
 *
 * @param memoryBytes what the machine has
 * @param why the reason for the numbers, in words
 */
public record MachineShare(int workers, int threads, long heapBytes, long memoryBytes, String why) {

    private static final long MIB = 1024 * 1024;
    private static final long MOST_HEAP = 4096 * MIB;
    private static final long LEAST_HEAP = 64 * MIB;

    /**
     * Shares out this machine. What is 0 is chosen: as many workers as processors, processors divided by workers as threads, and as heap of
     * each worker half of the memory divided by the workers, from 64 MiB to 4 GiB.
     */
    public static MachineShare of(int workers, int threads, long heapBytes) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return of(workers, threads, heapBytes, Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
    }

    static MachineShare of(int workers, int threads, long heapBytes, int processors, long memoryBytes) {
        int chosenWorkers = workers > 0 ? workers : threads > 0 ? Math.max(1, processors / threads) : processors;
        int chosenThreads = threads > 0 ? threads : Math.max(1, processors / chosenWorkers);
        long share = Math.max(LEAST_HEAP, Math.min(MOST_HEAP, memoryBytes / 2 / chosenWorkers));
        long chosenHeap = heapBytes > 0 ? heapBytes : share / MIB * MIB;
        String why = "this machine has " + processors + " processors and " + memoryBytes / MIB + " MiB; workers "
                + origin(workers > 0) + ", threads " + origin(threads > 0) + ", heap " + origin(heapBytes > 0);
        return new MachineShare(chosenWorkers, chosenThreads, chosenHeap, memoryBytes, why);
    }

    /** A heap that many times larger than usual, but of at most three quarters of the machine's memory. */
    public long heapTimes(double factor) {
        long most = Math.max(heapBytes, memoryBytes / 4 * 3);
        return Math.min(most, (long) ((double) heapBytes * Math.max(1, factor)));
    }

    /** The line that a run logs when it starts. */
    public String summary() {
        return workers + (workers == 1 ? " worker" : " workers") + " of " + threads
                + (threads == 1 ? " thread" : " threads") + " and up to " + heapBytes / MIB + " MiB of heap each ("
                + why + ")";
    }

    private static String origin(boolean given) {
        return given ? "as asked" : "from that";
    }
}

package org.reactortopology.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/**
 * What this process has computed so far, in nanoseconds.
 *
 * @param at the clock
 * @param process user and system time
 * @param children user and system time of the processes below this one that live
 * @param byRole of its threads that live, but for those of the JVM itself
 */
record CpuTimes(long at, long process, long children, Map<Role, Long> byRole) {

    /** What threads of a coordinator are for. */
    enum Role {
        /** Assigns items, accounts for outcomes, encodes and decodes values: one for each run. */
        MAILBOX("topology-coordinator"),
        /** Calls the subscriber: one for each run. */
        SUBSCRIBER("topology-outcomes"),
        /** Reads and writes frames: one for each pool. */
        SOCKETS("worker-pool-socket"),
        /** In a simulation: all connections. */
        IN_MEMORY("topology-in-memory"),
        /** All others. */
        OTHER("");

        private final String prefix;

        Role(String prefix) {
            this.prefix = prefix;
        }

        private static Role of(String thread) {
            for (Role role : values()) {
                if (thread.startsWith(role.prefix)) {
                    return role;
                }
            }
            return OTHER;
        }
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Looks now. */
    static CpuTimes now() {
        Map<Role, Long> byRole = new EnumMap<>(Role.class);
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                long nanos = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
                byRole.merge(Role.of(thread.getThreadName()), nanos, Long::sum);
            }
        }
        long children = ProcessHandle.current()
                .descendants()
                .mapToLong(child -> ProcessFiles.cpuNanos(child.pid()))
                .sum();
        return new CpuTimes(System.nanoTime(), SYSTEM.getProcessCpuTime(), children, byRole);
    }

    /** What was computed since then. */
    CpuTimes since(CpuTimes before) {
        Map<Role, Long> roles = new EnumMap<>(Role.class);
        byRole.forEach((role, nanos) -> roles.put(role, nanos - before.of(role)));
        return new CpuTimes(at - before.at, process - before.process, children - before.children, roles);
    }

    /** Of the threads of that role. */
    long of(Role role) {
        return byRole.getOrDefault(role, 0L);
    }
}

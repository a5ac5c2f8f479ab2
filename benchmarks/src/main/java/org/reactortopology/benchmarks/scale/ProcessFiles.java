package org.reactortopology.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells of a process; 0 of one that has ended. */
final class ProcessFiles {

    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** USER_HZ, which is 100 on every architecture of today. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** In {@code stat}, behind the name in parentheses, which may hold spaces: proc(5). */
    private static final int USER = 11;

    private ProcessFiles() {}

    /** User and system time, in steps of 10 ms. */
    static long cpuNanos(long pid) {
        return cpuNanos(read(pid, "stat"));
    }

    /** That of the compilers of a JVM, as far as they live: HotSpot calls their threads so. */
    static long compilerNanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> read(pid, "task/" + thread.getFileName() + "/stat"))
                    .filter(stat -> COMPILER.matcher(stat).find())
                    .mapToLong(ProcessFiles::cpuNanos)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long cpuNanos(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return NANOS_PER_TICK * (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]));
    }

    /** Resident memory in bytes. */
    static long residentBytes(long pid) {
        Matcher matcher = RESIDENT.matcher(read(pid, "status"));
        return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}

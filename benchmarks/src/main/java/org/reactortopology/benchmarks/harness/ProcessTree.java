package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process and every process below it, as {@code /proc} tells of them now. On Linux; elsewhere everything is 0. */
public final class ProcessTree {

    /** What Linux counts processor time in towards programs, on every machine. */
    private static final double TICKS_A_SECOND = 100;

    private static final int UTIME = 11;
    private static final int TIMES = 4;
    private static final Pattern PSS = Pattern.compile("Pss:\\s+(\\d+) kB");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final ProcessHandle root;

    private ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** The tree below that process, which belongs to it. */
    public static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(root);
    }

    /** This JVM and its children. */
    public static ProcessTree own() {
        return new ProcessTree(ProcessHandle.current());
    }

    /** User and system time of the living and of those that their parents have waited for, to 10 ms. The difference of two calls is what was used between. */
    public double cpuSeconds() {
        return sum(ProcessTree::ticks) / TICKS_A_SECOND;
    }

    /** User and system time of the root alone, to 10 ms, without children that have ended. */
    public double rootCpuSeconds() {
        return ticks(root.pid(), 2) / TICKS_A_SECOND;
    }

    /** Sum of the proportional set sizes (PSS): a page that several share counts once. Costs the processes some milliseconds. */
    public long pssBytes() {
        return sum(pid -> kibibytes(pid, "smaps_rollup", PSS) * 1024);
    }

    /** Sum of the resident set sizes (RSS): a page that several share counts for each. */
    public long rssBytes() {
        return sum(pid -> kibibytes(pid, "status", RSS) * 1024);
    }

    /** How many processes there are. */
    public int processes() {
        return (int) handles().count();
    }

    /** Ends all of it, children first, without waiting. */
    public void destroy() {
        List<ProcessHandle> below = root.descendants().toList();
        below.forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }

    private long sum(ToLongFunction<Long> ofProcess) {
        return handles().map(ProcessHandle::pid).mapToLong(ofProcess).sum();
    }

    private Stream<ProcessHandle> handles() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static long ticks(long pid) {
        return ticks(pid, TIMES);
    }

    /** The name of the program, in parentheses, may hold anything, so fields are counted from behind it. */
    private static long ticks(long pid, int fields) {
        String stat = read(pid, "stat");
        String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        long ticks = 0;
        for (int i = UTIME; i < UTIME + fields && i < words.length; i++) {
            ticks += Long.parseLong(words[i]);
        }
        return ticks;
    }

    private static long kibibytes(long pid, String file, Pattern pattern) {
        Matcher matcher = pattern.matcher(read(pid, file));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Nothing for a process that has ended in the meantime. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}

package org.reactortopology.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a command with all the processes that it starts, on Linux.
 *
 * @param lines what it wrote to standard output and error
 * @param wallSeconds from its start to its end
 * @param cpuSeconds user and system time of it and of every process below it that it waited for, as the shell's {@code times} tells
 * @param peakBytes largest sum of the proportional set sizes (PSS) of all its processes, sampled every 100 ms
 */
record MeasuredCommand(List<Line> lines, int exitCode, double wallSeconds, double cpuSeconds, long peakBytes) {

    /** A line and when it was seen, in seconds from the start of the command. */
    record Line(double seconds, String text) {}

    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");
    private static final Pattern PSS = Pattern.compile("Pss:\\s+(\\d+) kB");
    private static final int SAMPLE_MILLIS = 100;

    /** Runs the command to its end. */
    static MeasuredCommand run(List<String> command) throws IOException, InterruptedException {
        String quoted = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        long start = System.nanoTime();
        Process shell = new ProcessBuilder("sh", "-c", quoted + "; code=$?; times; exit $code")
                .redirectErrorStream(true)
                .start();
        AtomicLong peak = new AtomicLong();
        List<Line> lines = new ArrayList<>();
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        var unused = sampler.scheduleAtFixedRate(
                () -> peak.accumulateAndGet(pssOfTree(shell.toHandle()), Math::max),
                SAMPLE_MILLIS,
                SAMPLE_MILLIS,
                TimeUnit.MILLISECONDS);
        try (BufferedReader out = shell.inputReader()) {
            out.lines().forEach(text -> lines.add(new Line((System.nanoTime() - start) / 1e9, text)));
        } finally {
            sampler.shutdownNow();
        }
        int exit = shell.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        String children = lines.remove(lines.size() - 1).text();
        lines.remove(lines.size() - 1);
        return new MeasuredCommand(lines, exit, wall, cpu(children), peak.get());
    }

    /** The last line that the command wrote. */
    String lastLine() {
        return lines.get(lines.size() - 1).text();
    }

    private static double cpu(String times) {
        double seconds = 0;
        Matcher matcher = TIME.matcher(times);
        while (matcher.find()) {
            seconds += 60 * Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
        }
        return seconds;
    }

    private static long pssOfTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> pss(process.pid()))
                .sum();
    }

    /** 0 for a process that has ended in the meantime. */
    private static long pss(long pid) {
        try {
            Matcher matcher = PSS.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
            return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}

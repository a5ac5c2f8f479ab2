package org.reactortopology.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One run of a command with all the processes that it starts, on Linux.
 *
 * @param lines what it wrote to standard output and error
 * @param wallSeconds from its start to its end
 * @param cpuSeconds user and system time of it and of every process below it that was waited for, as the shell's {@code times} tells
 * @param peakBytes largest sum of the proportional set sizes (PSS) of all its processes, sampled every 100 ms
 */
public record MeasuredCommand(List<Line> lines, int exitCode, double wallSeconds, double cpuSeconds, long peakBytes) {

    /** A line and when it was seen, in seconds from the start of the command. */
    public record Line(double seconds, String text) {}

    /** How long a command may take unless said otherwise. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String FIGURE = "figure ";
    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");
    private static final int SAMPLE_MILLIS = 100;

    /** Copies the lines. */
    public MeasuredCommand {
        lines = List.copyOf(lines);
    }

    /** Runs the command to its end, or kills it with all its processes after {@link #PATIENCE}. Its exit code is not judged. */
    public static MeasuredCommand run(List<String> command) throws IOException, InterruptedException {
        return run(command, PATIENCE);
    }

    /**
     * Runs the command to its end.
     *
     * @throws IllegalStateException if it had to be killed because the time was over
     */
    public static MeasuredCommand run(List<String> command, Duration patience)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process shell = new ProcessBuilder("sh", "-c", quoted(command) + "; code=$?; times; exit $code")
                .redirectErrorStream(true)
                .start();
        ProcessTree tree = ProcessTree.of(shell.toHandle());
        AtomicLong peak = new AtomicLong(tree.pssBytes());
        AtomicBoolean late = new AtomicBoolean();
        List<Line> lines = new ArrayList<>();
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        var samples = sampler.scheduleAtFixedRate(
                () -> peak.accumulateAndGet(tree.pssBytes(), Math::max),
                SAMPLE_MILLIS,
                SAMPLE_MILLIS,
                TimeUnit.MILLISECONDS);
        var end = sampler.schedule(
                () -> {
                    late.set(true);
                    tree.destroy();
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        try (BufferedReader out = shell.inputReader()) {
            out.lines().forEach(text -> lines.add(new Line((System.nanoTime() - start) / 1e9, text)));
        } finally {
            samples.cancel(false);
            end.cancel(false);
            sampler.shutdownNow();
        }
        int exit = shell.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        if (late.get()) {
            throw new IllegalStateException("not at its end after " + patience + ": " + command + ": " + lines);
        }
        String children = lines.remove(lines.size() - 1).text();
        lines.remove(lines.size() - 1);
        return new MeasuredCommand(lines, exit, wall, cpu(children), peak.get());
    }

    /**
     * Itself, if the command ended with 0.
     *
     * @throws IllegalStateException with everything that it wrote if not
     */
    public MeasuredCommand successful() {
        if (exitCode != 0) {
            throw new IllegalStateException("ended with " + exitCode + ":\n" + output());
        }
        return this;
    }

    /** All that the command wrote. */
    public String output() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /** Largest sum of the processes' memory in 2^20 bytes. */
    public double peakMiB() {
        return peakBytes / 1024.0 / 1024.0;
    }

    /**
     * The value that the command told with {@link #tell}.
     *
     * @throws IllegalStateException if it told none of that name
     */
    public double figure(String name) {
        String start = FIGURE + name + " ";
        return lines.stream()
                .map(Line::text)
                .filter(text -> text.startsWith(start))
                .mapToDouble(text -> Double.parseDouble(text.substring(start.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("told no \"" + name + "\":\n" + output()));
    }

    /** In a measured process: prints a value for {@link #figure}. */
    @SuppressWarnings("SystemOut")
    public static void tell(String name, double value) {
        System.out.println(FIGURE + name + " " + String.format(Locale.ROOT, "%.9g", value));
    }

    private static String quoted(List<String> command) {
        return command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static double cpu(String times) {
        double seconds = 0;
        Matcher matcher = TIME.matcher(times);
        while (matcher.find()) {
            seconds += 60 * Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
        }
        return seconds;
    }
}

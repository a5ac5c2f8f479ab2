package org.reactortopology.benchmarks.piv;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.benchmarks.harness.ProcessTree;
import org.reactortopology.examples.Main;

/**
 * One run of the command with what can be seen of it from outside.
 *
 * @param pairs how many there were
 * @param ownSeconds from the start of the run to its last pair, as the command says
 * @param steadyPairsPerSecond over the second half of the pairs, by the times at which their fields appeared
 * @param firstSeconds from the start of the command until the first field was there
 * @param coordinatorShare of the processor time, 0 to 1, to 20 ms
 */
record PivCommandRun(
        MeasuredCommand command,
        int pairs,
        double ownSeconds,
        double steadyPairsPerSecond,
        double firstSeconds,
        double coordinatorShare) {

    private static final Pattern SUMMARY =
            Pattern.compile("^piv: (\\d+) done, 0 failed, 0 skipped in ([0-9.]+) s ", Pattern.MULTILINE);
    private static final int LOOK_MILLIS = 5;

    /** What is seen while it runs; written and, after its end, read by different threads, one at a time. */
    private static final class Watch {
        private final Path output;
        private final int half;
        private final long start = System.nanoTime();
        private @Nullable ProcessHandle coordinator;
        private double coordinatorSeconds;
        private double first;
        private double halfSeconds;
        private int halfCount;
        private double last;
        private int count;

        Watch(Path output, int pairs) {
            this.output = output;
            this.half = (pairs + 1) / 2;
        }

        synchronized void look() {
            double now = (System.nanoTime() - start) / 1e9;
            int found = fields(output);
            if (found > 0 && first == 0) {
                first = now;
            }
            if (found >= half && halfCount == 0) {
                halfCount = found;
                halfSeconds = now;
            }
            if (found > count) {
                count = found;
                last = now;
            }
            ProcessHandle seen = coordinator;
            if (seen == null) {
                coordinator = ProcessHandle.current()
                        .children()
                        .flatMap(ProcessHandle::children)
                        .findFirst()
                        .orElse(null);
            } else if (seen.isAlive()) {
                coordinatorSeconds =
                        Math.max(coordinatorSeconds, ProcessTree.of(seen).rootCpuSeconds());
            }
        }

        synchronized PivCommandRun result(MeasuredCommand command, int pairs, double ownSeconds) {
            double steady = last > halfSeconds ? (count - halfCount) / (last - halfSeconds) : pairs / ownSeconds;
            return new PivCommandRun(
                    command, pairs, ownSeconds, steady, first, coordinatorSeconds / command.cpuSeconds());
        }
    }

    /** Runs it over workers of one thread; the output directory is emptied first. */
    static PivCommandRun overWorkers(Path input, Path output, int pairs, int workers, String windows, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--executor", "multi-process", "--workers", Integer.toString(workers), "--threads", "1"));
        all.addAll(List.of(options));
        return run(input, output, pairs, windows, all.toArray(String[]::new));
    }

    /** Runs it with these options, by the executor that they name; the output directory is emptied first. */
    static PivCommandRun run(Path input, Path output, int pairs, String windows, String... options) throws Exception {
        delete(output);
        Files.createDirectories(output);
        Watch watch = new Watch(output, pairs);
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
        MeasuredCommand command;
        try {
            var looks = looking.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            List<String> line = new ArrayList<>(List.of(launcher().toString(), "piv"));
            line.addAll(List.of("--input", input.toString(), "--output", output.toString(), "--window", windows));
            line.addAll(List.of(options));
            command = MeasuredCommand.run(line).successful();
            looks.cancel(false);
        } finally {
            looking.shutdownNow();
        }
        Matcher summary = SUMMARY.matcher(command.output()); // the log may say more behind it
        if (!summary.find() || Integer.parseInt(summary.group(1)) != pairs) {
            throw new IllegalStateException(String.format(Locale.ROOT, "not %d pairs:%n%s", pairs, command.output()));
        }
        return watch.result(command, pairs, Double.parseDouble(summary.group(2)));
    }

    /** The command as the profile {@code piv} and the README have it: beside the directory of the build that has its classes. */
    private static Path launcher() throws URISyntaxException {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path launcher = classes.resolve("../../reactor-topology").normalize();
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("there is no command " + launcher + ": run this by benchmarks/run");
        }
        return launcher;
    }

    /** Pictures come before fields, so that a field says that its pair is done; the mean comes at the end and does not count. */
    private static int fields(Path output) {
        int fields = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(output, "[!.]*.h5")) {
            for (Path file : files) {
                fields += file.endsWith("mean.h5") ? 0 : 1;
            }
        } catch (IOException e) {
            return 0;
        }
        return fields;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Copies pairs of a directory, under new names, until there are so many. */
    static void repeat(Path from, Path to, int pairs) throws IOException {
        List<Path> images;
        try (Stream<Path> files = Files.list(from)) {
            images = files.filter(Files::isRegularFile).sorted().toList();
        }
        Files.createDirectories(to);
        for (int i = 0; i < 2 * pairs; i++) {
            Path image = images.get(i % images.size());
            Files.copy(image, to.resolve(String.format(Locale.ROOT, "%05d_%s", i, image.getFileName())));
        }
    }
}

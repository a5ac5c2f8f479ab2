package org.reactortopology.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.examples.Main;
import org.reactortopology.examples.piv.image.SyntheticSeries;

/**
 * {@code piv-scaling}: the same pairs with each executor, in turn, several rounds; prints medians and ratios. Arguments:
 * the number of pairs (default 64), the number of rounds (default 3).
 */
public final class PivScaling {

    private static final int SIDE = 512;
    private static final Pattern PROGRESS = Pattern.compile("piv: (\\d+) of \\d+ pairs");
    private static final Pattern SUMMARY = Pattern.compile("piv: (\\d+) done, 0 failed, 0 skipped in ([0-9.]+) s .*");

    /** Arguments of each configuration by its name. */
    private static final Map<String, List<String>> CONFIGURATIONS = configurations();

    private PivScaling() {}

    /** What one run of one configuration gave. */
    private record Sample(double pairsPerSecond, double warmPairsPerSecond, double cpuSeconds, double peakMiB) {}

    /** Runs the harness. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path directory = Files.createTempDirectory("piv-scaling-");
        try {
            SyntheticSeries.write(directory.resolve("in"), pairs, SIDE, SIDE, 1);
            System.out.printf(
                    Locale.ROOT,
                    "piv-scaling: %d pairs of %d x %d px, windows 64 then 32, %d rounds, %d processors, Java %s%n",
                    pairs,
                    SIDE,
                    SIDE,
                    rounds,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            print(measure(directory, pairs, rounds));
        } finally {
            delete(directory);
        }
    }

    private static Map<String, List<Sample>> measure(Path directory, int pairs, int rounds)
            throws IOException, InterruptedException {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> configuration : CONFIGURATIONS.entrySet()) {
                Sample sample = run(directory, pairs, configuration.getValue());
                samples.computeIfAbsent(configuration.getKey(), name -> new ArrayList<>())
                        .add(sample);
            }
        }
        return samples;
    }

    private static Sample run(Path directory, int pairs, List<String> executor)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JvmCommand.main(Main.class)
                .arguments("piv", "--input", directory.resolve("in").toString())
                .arguments("--output", directory.resolve("out").toString())
                .line());
        command.addAll(executor);
        MeasuredCommand measured = MeasuredCommand.run(command);
        Matcher summary = SUMMARY.matcher(measured.lastLine());
        if (measured.exitCode() != 0 || !summary.matches() || Integer.parseInt(summary.group(1)) != pairs) {
            throw new IllegalStateException("the run went wrong: " + measured.lines());
        }
        return new Sample(
                pairs / Double.parseDouble(summary.group(2)),
                secondHalf(measured, pairs),
                measured.cpuSeconds(),
                measured.peakBytes() / 1024.0 / 1024.0);
    }

    /** Pairs per second from the first progress line at or after half of the pairs to the last. */
    private static double secondHalf(MeasuredCommand measured, int pairs) {
        double fromSeconds = 0;
        int from = 0;
        double seconds = 0;
        for (MeasuredCommand.Line line : measured.lines()) {
            Matcher progress = PROGRESS.matcher(line.text());
            if (progress.matches()) {
                int done = Integer.parseInt(progress.group(1));
                if (from == 0 && 2 * done >= pairs) {
                    from = done;
                    fromSeconds = line.seconds();
                }
                seconds = line.seconds();
            }
        }
        return (pairs - from) / (seconds - fromSeconds);
    }

    private static void print(Map<String, List<Sample>> samples) {
        System.out.printf(
                "%-20s %9s %20s %12s %8s %10s%n",
                "executor", "pairs/s", "(lowest - highest)", "second half", "CPU s", "peak MiB");
        samples.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "%-20s %9.2f %20s %12.2f %8.1f %10.0f%n",
                name,
                median(each, Sample::pairsPerSecond),
                String.format(
                        Locale.ROOT,
                        "(%.2f - %.2f)",
                        sorted(each, Sample::pairsPerSecond)[0],
                        sorted(each, Sample::pairsPerSecond)[each.size() - 1]),
                median(each, Sample::warmPairsPerSecond),
                median(each, Sample::cpuSeconds),
                median(each, Sample::peakMiB)));
        System.out.println("\nratios of the whole run, child JVMs' start and warm-up included"
                + " (targets: 2 workers / 1 worker 1.8, 1 worker / sequential 0.9)");
        System.out.print(ratios(samples, Sample::pairsPerSecond));
        System.out.println("\nratios of the second half of the pairs, when most code is compiled");
        System.out.print(ratios(samples, Sample::warmPairsPerSecond));
    }

    private static String ratios(Map<String, List<Sample>> samples, ToDoubleFunction<Sample> figure) {
        return ratio(samples, figure, "2 workers", "1 worker")
                + ratio(samples, figure, "1 worker", "sequential")
                + ratio(samples, figure, "parallel, 2 threads", "sequential")
                + ratio(samples, figure, "2 workers", "parallel, 2 threads");
    }

    /** Taken within a round each, so that a machine whose speed drifts does not show in them. */
    private static String ratio(
            Map<String, List<Sample>> samples, ToDoubleFunction<Sample> figure, String above, String below) {
        List<Sample> numerators = samples.getOrDefault(above, List.of());
        List<Sample> denominators = samples.getOrDefault(below, List.of());
        double[] ratios = new double[numerators.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = figure.applyAsDouble(numerators.get(round)) / figure.applyAsDouble(denominators.get(round));
        }
        Arrays.sort(ratios);
        return String.format(
                Locale.ROOT,
                "%s / %s: median %.2f (%.2f - %.2f)%n",
                above,
                below,
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return sorted(samples, figure)[samples.size() / 2];
    }

    private static double[] sorted(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).sorted().toArray();
    }

    private static Map<String, List<String>> configurations() {
        Map<String, List<String>> configurations = new LinkedHashMap<>();
        configurations.put("sequential", List.of("--executor", "sequential"));
        configurations.put("parallel, 2 threads", List.of("--executor", "parallel", "--threads", "2"));
        configurations.put("1 worker", List.of("--executor", "multi-process", "--workers", "1", "--threads", "1"));
        configurations.put("2 workers", List.of("--executor", "multi-process", "--workers", "2", "--threads", "1"));
        return configurations;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

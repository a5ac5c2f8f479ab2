package org.reactortopology.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code core}: runs {@link TopologyBenchmark} several rounds and {@link TenMillion} once, then prints what an item costs and the ratios that the core
 * has targets for, each taken within a round. Arguments: the number of rounds (default 3), then options of JMH.
 */
public final class CoreFigures {

    private static final int DEFAULT_ROUNDS = 3;

    private CoreFigures() {}

    /** Measures and prints. */
    public static void main(String[] args)
            throws RunnerException, CommandLineOptionException, IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        CommandLineOptions options =
                new CommandLineOptions(Arrays.copyOfRange(args, Math.min(1, args.length), args.length));
        List<Map<String, Double>> figures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            figures.add(scores(new Runner(new OptionsBuilder()
                            .parent(options)
                            .include(TopologyBenchmark.class.getSimpleName())
                            .build())
                    .run()));
        }
        System.out.printf(
                Locale.ROOT,
                "%ncore: %d rounds, %d processors, Java %s; medians (lowest - highest)%n%n",
                rounds,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        figures.get(0).keySet().forEach(name -> print(name + ", ns an item", figures, round -> figure(round, name)));
        System.out.println();
        printRatios(figures);
        System.out.println();
        runTenMillion();
    }

    private static Map<String, Double> scores(Collection<RunResult> results) {
        Map<String, Double> scores = new TreeMap<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            scores.put(
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getScore());
        }
        return scores;
    }

    private static void printRatios(List<Map<String, Double>> figures) {
        print(
                "fusedTopology / fusedParallelFlux (target: at most 1.5)",
                figures,
                round -> figure(round, "fusedTopology") / figure(round, "fusedParallelFlux"));
        print(
                "fusedFlatMap / fusedTopology (target: at least 5)",
                figures,
                round -> figure(round, "fusedFlatMap") / figure(round, "fusedTopology"));
        print(
                "queuedTopology / queuedPublishOn (target: at most 1.2)",
                figures,
                round -> figure(round, "queuedTopology") / figure(round, "queuedPublishOn"));
        print(
                "skewedTopology / limit (target: at most 1)",
                figures,
                round -> figure(round, "skewedTopology") / skewedLimit());
        print(
                "sequentialTopology - plainLoop, ns an item and work (target: at most 150)",
                figures,
                round -> (figure(round, "sequentialTopology") - figure(round, "plainLoop")) / TopologyBenchmark.WORKS);
    }

    /** 1.05 times the sum of the work over the lanes, plus the longest item; for one item. */
    private static double skewedLimit() {
        double mean = (99 * TopologyBenchmark.QUICK_NANOS + TopologyBenchmark.SLOW_NANOS) / 100.0;
        return 1.05 * mean / TopologyBenchmark.LANES
                + (double) TopologyBenchmark.SLOW_NANOS / TopologyBenchmark.SKEWED_ITEMS;
    }

    /** Not a number when the options left the benchmark out. */
    private static double figure(Map<String, Double> round, String name) {
        return round.getOrDefault(name, Double.NaN);
    }

    private static void print(
            String what, List<Map<String, Double>> figures, ToDoubleFunction<Map<String, Double>> figure) {
        double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-75s %8.2f (%.2f - %.2f)%n",
                what,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static void runTenMillion() throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TenMillion.class.getName())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("ten million items in 64 MiB failed with exit code " + exit);
        }
    }
}

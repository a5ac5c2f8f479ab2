package org.reactortopology.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs every subject with every load in JVMs of their own, by turns, and prints a table. Arguments: rounds, then names of loads (all by default). Property
 * {@code peers.only}: part of the names of the subjects that take part.
 */
public final class Peers {

    private record Figures(List<Double> walls, List<Double> cpus, List<Double> starts) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Peers() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        List<Load> loads = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            loads.add(Load.of(args[i]));
        }
        long rate = Long.getLong(Works.ROUNDS_PROPERTY, Works.calibrate());
        System.out.printf(
                "Java %s, %d processors, %d rounds of the busy loop a microsecond%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), rate);
        for (Load load : loads.isEmpty() ? List.of(Load.values()) : loads) {
            print(load, measure(load, rounds, rate));
        }
    }

    private static Map<Peer, Figures> measure(Load load, int rounds, long rate)
            throws IOException, InterruptedException {
        Map<Peer, Figures> figures = new EnumMap<>(Peer.class);
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : Peer.values()) {
                if (peer.id().contains(System.getProperty("peers.only", ""))
                        && peer.runs(load, Runtime.version().feature())) {
                    run(peer, load, rate, figures.computeIfAbsent(peer, key -> new Figures()));
                }
            }
        }
        return figures;
    }

    private static void run(Peer peer, Load load, long rate, Figures figures) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.of(peer.engine()));
        command.addAll(List.of(
                "-D" + Works.ROUNDS_PROPERTY + "=" + rate,
                "-cp",
                System.getProperty("java.class.path"),
                PeerProcess.class.getName(),
                peer.id(),
                load.id()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            System.out.println(peer.id() + " failed:\n" + output);
            return;
        }
        output.lines().filter(line -> line.startsWith("@")).forEach(line -> {
            String[] words = line.split(" ", -1);
            if (words[0].equals("@start")) {
                figures.starts().add(Double.valueOf(words[1]));
            } else {
                figures.walls().add(Double.valueOf(words[1]));
                figures.cpus().add(Double.valueOf(words[2]));
            }
        });
    }

    private static void print(Load load, Map<Peer, Figures> figures) {
        System.out.printf(
                "%n%-28s %9s %9s %9s %12s %9s %9s%n",
                load.id(), "s", "lowest", "highest", "items/s", "CPU s", "start s");
        figures.forEach((peer, of) -> {
            if (!of.walls().isEmpty()) {
                double[] sorted = of.walls().stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                double median = sorted[sorted.length / 2];
                System.out.printf(
                        Locale.ROOT,
                        "%-28s %9.4f %9.4f %9.4f %12.0f %9.4f %9.4f%n",
                        peer.id(),
                        median,
                        sorted[0],
                        sorted[sorted.length - 1],
                        load.items() / median,
                        of.cpus().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
                        median(of.starts()));
            }
        });
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

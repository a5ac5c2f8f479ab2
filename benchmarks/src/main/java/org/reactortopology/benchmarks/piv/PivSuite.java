package org.reactortopology.benchmarks.piv;

import java.nio.file.Files;
import java.nio.file.Path;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Rounds;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.examples.piv.image.SyntheticSeries;

/**
 * The velocimetry command, whole processes by turns. Recorded images are taken from the directory that is given as argument, with the folders {@code jet},
 * {@code openpiv-series} and {@code openpiv-exp1}; without it the synthetic pairs are measured only.
 */
public final class PivSuite implements Suite {

    private static final Unit PAIRS_PER_SECOND = Unit.more("pairs/s");
    private static final Unit WHOLE = Unit.more("pairs/s whole command");
    private static final Unit STEADY = Unit.more("pairs/s second half");
    private static final Unit FIRST = Unit.less("s to first");
    private static final Unit CPU_PER_PAIR = Unit.less("CPU s/pair");
    private static final Unit COORDINATOR = Unit.less("% CPU coordinator");
    private static final String TWO = "2 workers";
    private static final String FIELDS = "2 workers, fields only";
    private static final String ONE = "1 worker";
    private static final String TWO_THREADS = "2 threads in one JVM";
    private static final String SEQUENTIAL = "1 thread in one JVM";
    private static final String NO_PICTURES = "--no-pictures";
    private static final int SIDE = 512;
    private static final String WINDOWS = "64,32";

    /** Pairs that are run once before, so that the archives of classes are there. */
    private static final int WARM = 4;

    /** So many pairs that most of a run is behind the start of processes and compilers. */
    private static final int LONG = 256;

    @Override
    public void run(Session session) throws Exception {
        Path directory = Files.createTempDirectory("piv-suite-");
        try {
            int pairs = session.shortForm() ? 4 : 64;
            Path synthetic = directory.resolve("synthetic");
            SyntheticSeries.write(synthetic, pairs, SIDE, SIDE, 1);
            Path warm = directory.resolve("warm");
            PivCommandRun.repeat(synthetic, warm, WARM);
            PivCommandRun.overWorkers(warm, directory.resolve("out"), WARM, 2, WINDOWS);
            if (!session.arguments().isEmpty()
                    && !session.shortForm()) { // another archive: this JVM computes by itself
                PivCommandRun.run(warm, directory.resolve("out"), WARM, WINDOWS, "--executor", "sequential");
            }
            Rounds rounds = session.byTurns();
            scaling(session.load(pairs + " synthetic pairs"), rounds, synthetic, directory, pairs, WINDOWS);
            if (!session.arguments().isEmpty() && !session.shortForm()) {
                recorded(session, rounds, Path.of(session.arguments().get(0)), directory);
            } else {
                session.note("Recorded images were not given: benchmarks/run piv -- DIR, with DIR/jet and so on.");
            }
            rounds.run();
            session.note(
                    "For orientation, measured elsewhere and quoted: fluidimage 0.5.3, compiled kernels, its best executor, two workers, a"
                            + " 2-core machine of this kind: 7.9 pairs/s on jet (4.2 with its start counted for 32 pairs), 2.2 on openpiv-series,"
                            + " 15.8 on openpiv-exp1. It writes fields and draws no pictures. The targets are 3 times these, 4 times with the start counted.");
        } finally {
            PivCommandRun.delete(directory);
        }
    }

    private static void recorded(Session session, Rounds rounds, Path images, Path directory) throws Exception {
        Path jet = directory.resolve("jet");
        PivCommandRun.repeat(images.resolve("jet"), jet, 64);
        Load jets = session.load("jet, 64 pairs");
        scaling(jets, rounds, jet, directory, 64, WINDOWS);
        rounds.turn(jets, FIELDS, into -> measure(into, jet, directory, 64, 2, WINDOWS, NO_PICTURES));
        targets(jets, STEADY, 3 * 7.9);
        steady(session, rounds, images, directory);
        beside(session, rounds, images, directory, "jet", 32, WINDOWS, WHOLE, 4 * 4.2);
        beside(session, rounds, images, directory, "openpiv-series", 24, WINDOWS, STEADY, 3 * 2.2);
        beside(session, rounds, images, directory, "openpiv-exp1", 64, "32", STEADY, 3 * 15.8);
    }

    /** With pictures and without. */
    private static void beside(
            Session session,
            Rounds rounds,
            Path images,
            Path directory,
            String series,
            int pairs,
            String windows,
            Unit unit,
            double target)
            throws Exception {
        Path input = directory.resolve(series + "-" + pairs);
        PivCommandRun.repeat(images.resolve(series), input, pairs);
        Load load = session.load(
                series + ", " + pairs + " pairs" + (windows.equals(WINDOWS) ? "" : ", windows " + windows));
        rounds.turn(load, TWO, into -> measure(into, input, directory, pairs, 2, windows));
        rounds.turn(load, FIELDS, into -> measure(into, input, directory, pairs, 2, windows, NO_PICTURES));
        targets(load, unit, target);
    }

    private static void targets(Load load, Unit unit, double least) {
        load.target(TWO, unit, Target.atLeast(least)).target(FIELDS, unit, Target.atLeast(least));
    }

    /** One and two workers behind their start, and beside them what two threads of one JVM, which need nothing from outside, make of this machine. */
    private static void steady(Session session, Rounds rounds, Path images, Path directory) throws Exception {
        Path input = directory.resolve("jet-" + LONG);
        PivCommandRun.repeat(images.resolve("jet"), input, LONG);
        Load load = session.load("jet, " + LONG + " pairs");
        rounds.turn(load, ONE, into -> measure(into, input, directory, LONG, 1, WINDOWS));
        rounds.turn(load, TWO, into -> measure(into, input, directory, LONG, 2, WINDOWS));
        rounds.turn(load, SEQUENTIAL, into -> inOneJvm(into, input, directory, "--executor", "sequential"));
        rounds.turn(
                load,
                TWO_THREADS,
                into -> inOneJvm(into, input, directory, "--executor", "parallel", "--threads", "2"));
        load.target(TWO, STEADY, Target.atLeast(3 * 7.9))
                .target(TWO, COORDINATOR, Target.atMost(3))
                .target(TWO, Unit.PEAK_MIB, Target.atMost(600))
                .ratio(TWO, ONE, STEADY, Target.atLeast(1.9))
                .ratio(TWO_THREADS, SEQUENTIAL, STEADY)
                .ratio(TWO, TWO_THREADS, STEADY);
    }

    private static void scaling(Load load, Rounds rounds, Path input, Path directory, int pairs, String windows) {
        rounds.turn(load, ONE, into -> measure(into, input, directory, pairs, 1, windows));
        rounds.turn(load, TWO, into -> measure(into, input, directory, pairs, 2, windows));
        load.target(TWO, FIRST, Target.atMost(1.2))
                .target(TWO, COORDINATOR, Target.atMost(3))
                .target(TWO, Unit.PEAK_MIB, Target.atMost(600))
                .ratio(TWO, ONE, STEADY, Target.atLeast(1.9));
    }

    private static void measure(
            Sample into, Path input, Path directory, int pairs, int workers, String windows, String... options)
            throws Exception {
        PivCommandRun run =
                PivCommandRun.overWorkers(input, directory.resolve("out"), pairs, workers, windows, options);
        figures(into, run);
        into.add(COORDINATOR, 100 * run.coordinatorShare());
    }

    private static void inOneJvm(Sample into, Path input, Path directory, String... executor) throws Exception {
        figures(into, PivCommandRun.run(input, directory.resolve("out"), LONG, WINDOWS, executor));
    }

    private static void figures(Sample into, PivCommandRun run) {
        int pairs = run.pairs();
        into.add(PAIRS_PER_SECOND, pairs / run.ownSeconds())
                .add(WHOLE, pairs / run.command().wallSeconds())
                .add(STEADY, run.steadyPairsPerSecond())
                .add(FIRST, run.firstSeconds())
                .add(CPU_PER_PAIR, run.command().cpuSeconds() / pairs)
                .add(Unit.PEAK_MIB, run.command().peakMiB());
    }
}

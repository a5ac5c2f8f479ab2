package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.test.Chaos;
import org.reactortopology.test.ChaosReport;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * A long run over two workers that are killed and frozen all the time. Checks that no item is lost or has two outcomes, that only the poison is blamed, and shows
 * whether memory and file handles of the coordinator grow. Arguments: items (default a million), microseconds each (1000), seed. Exit code 1 if something is wrong.
 */
public final class ChaosRun {

    private static final List<String> POISON = List.of("1234", "77777", "500000");
    private static final Duration KILL = Duration.ofSeconds(4);
    private static final Duration FREEZE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final int LOOK_SECONDS = 10;
    private static final long MIB = 1024 * 1024;

    private final BitSet seen = new BitSet();
    private long twice;
    private long wrong;
    private long crashed;

    private ChaosRun() {}

    /** Runs and prints the table. */
    public static void main(String[] args) {
        long items = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int micros = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        System.exit(new ChaosRun().run(new Params(items, micros), seed) ? 0 : 1);
    }

    private boolean run(Params params, long seed) {
        Chaos chaos = Chaos.seeded(seed)
                .killEvery(KILL)
                .freezeEvery(FREEZE, Duration.ofMinutes(1))
                .crashOn(POISON.get(0), POISON.get(1), POISON.get(2));
        TopologyRun<Long> run = MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64 * MIB)
                .workerSilence(SILENCE)
                .maxRestarts(10_000, Duration.ofMinutes(1))
                .build()
                .run(chaos.in(Topology.from(Numbers.class, params)));
        Chaos.Session session = chaos.start(run);
        System.out.println(chaos);
        System.out.println("| s | outcomes | kills | freezes | heap MiB | open files | threads | children |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        long begin = System.nanoTime();
        Disposable look = Schedulers.single()
                .schedulePeriodically(
                        () -> look(begin, session.report()), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        try (session) {
            run.outcomes().doOnNext(this::check).blockLast();
        } finally {
            look.dispose();
        }
        RunReport report = Objects.requireNonNull(run.report().block());
        look(begin, session.report());
        return verdict(params.items(), report, session.report());
    }

    private synchronized boolean verdict(long items, RunReport report, ChaosReport chaos) {
        long poison = POISON.stream().filter(key -> Long.parseLong(key) < items).count();
        long lost = items - seen.cardinality();
        System.out.println(report.summary());
        System.out.println("workers " + report.workers().size() + ", lost " + lost + ", twice " + twice + ", wrong "
                + wrong + ", crashed " + crashed + " of " + poison + " poisonous, chaos " + chaos.counts());
        return lost == 0 && twice == 0 && wrong == 0 && crashed == poison;
    }

    private synchronized void check(Outcome<Long> outcome) {
        int n = Integer.parseInt(outcome.key());
        if (seen.get(n)) {
            twice++;
        }
        seen.set(n);
        if (POISON.contains(outcome.key()) && outcome instanceof Outcome.Crashed) {
            crashed++;
        } else if (!outcome.equals(new Outcome.Done<>(outcome.key(), n, 2L * n))) {
            wrong++;
            System.out.println("wrong: " + outcome);
        }
    }

    private void look(long begin, ChaosReport chaos) {
        long outcomes;
        synchronized (this) {
            outcomes = seen.cardinality();
        }
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.1f | %d | %d | %d |%n",
                (System.nanoTime() - begin) / 1_000_000_000,
                outcomes,
                chaos.count("kill"),
                chaos.count("freeze"),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) MIB,
                openFiles(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ProcessHandle.current().children().count());
    }

    /** -1 where the operating system does not tell. */
    private static long openFiles() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            return -1;
        }
    }

    /** What is run: so many numbers, each with so many microseconds of a processor. */
    record Params(long items, int micros) {}

    /** Doubles. */
    static final class Numbers implements TopologyFactory<Params, Long> {
        @Override
        public Topology<Long> create(Params params) {
            return Topology.named("chaos run")
                    .source("numbers", Series.range(0, params.items(), 1))
                    .map("double", cpu((Long n) -> {
                        long until = System.nanoTime() + params.micros() * 1000L;
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        return 2 * n;
                    }))
                    .build();
        }
    }
}

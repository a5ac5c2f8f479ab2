package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.benchmarks.scale.CpuTimes.Role;
import org.reactortopology.multiprocess.WorkerPool;

/**
 * What an item and a byte cost each thread of the coordinator, from runs over one worker; what follows of it for many workers; and the same by workers
 * that are simulated.
 */
public final class CoordinatorModel implements Suite {

    static final String ASSIGNING = "assigning thread";
    static final String SOCKETS = "socket thread";
    static final String SUBSCRIBER = "subscriber's thread";
    static final String REST = "rest of the coordinator";
    static final String WORKER = "worker";

    static final Unit CPU = Unit.less("CPU us/item");
    private static final Unit PER_KIB = Unit.less("CPU us/KiB");
    private static final int KIB = 1024;
    private static final int SMALLEST = 16;
    private static final int LARGEST = 64 * KIB;
    private static final long MOST_ITEMS = 200_000;
    private static final long MOST_BYTES = 200_000_000;
    private static final int SHORT = 20;
    private static final int ROUNDS = 3;
    private static final Duration ALONE = Duration.ofMillis(1);
    private static final long ALONE_ITEMS = 1_500;
    private static final long WARM_UP = 400_000;

    @Override
    public void run(Session session) {
        int divisor = session.shortForm() ? SHORT : 1;
        try (WorkerPool pool = Pools.warm(1, WARM_UP / divisor)) {
            TopologyExecutor executor = Pools.executor(pool);
            Map<String, Line> lines = lines(session, executor, divisor);
            Cost assigning =
                    alone(session, executor, Objects.requireNonNull(lines.get(ASSIGNING)), ALONE_ITEMS / divisor);
            new Prediction(lines).record(session);
            new Simulation(assigning).run(session);
        }
    }

    private static Map<String, Line> lines(Session session, TopologyExecutor executor, int divisor) {
        Load curve = session.load("busy: CPU by bytes of the value that goes and comes back");
        Map<String, List<Line.At>> points = new LinkedHashMap<>();
        for (int bytes = SMALLEST; bytes <= LARGEST; bytes *= 4) {
            long items = Math.max(100, Math.min(MOST_ITEMS, MOST_BYTES / bytes) / divisor);
            Map<String, List<Double>> micros = new LinkedHashMap<>();
            for (int round = 0; round <= ROUNDS; round++) {
                Map<String, Double> spent = micros(Trial.run(executor, Blocks.topology(items, bytes), items));
                if (round > 0) {
                    spent.forEach((who, cost) -> add(micros, who, cost));
                }
            }
            Load at = curve.at(bytes, "bytes");
            for (Map.Entry<String, List<Double>> each : micros.entrySet()) {
                each.getValue().forEach(cost -> at.sample(each.getKey(), CPU, cost));
                points.computeIfAbsent(each.getKey(), any -> new ArrayList<>())
                        .add(new Line.At(bytes, median(each.getValue())));
            }
            session.progress("values of " + bytes + " bytes");
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        points.forEach((who, at) -> lines.put(who, fitted(session, who, at)));
        return lines;
    }

    private static Line fitted(Session session, String who, List<Line.At> points) {
        Line line = Line.through(points);
        session.load("busy: model, so much for an item and so much for a KiB")
                .sample(who, CPU, line.constant())
                .sample(who, PER_KIB, KIB * line.slope());
        session.note(String.format(
                Locale.ROOT,
                "Model, %s: %.2f us an item and %.2f us a KiB. The size that it fits worst is %.0f %% away.",
                who,
                line.constant(),
                KIB * line.slope(),
                100 * line.worst(points)));
        return line;
    }

    /** Where each item comes alone, and every thread must be woken for it. The cost in the assigning thread. */
    private static Cost alone(Session session, TopologyExecutor executor, Line busy, long items) {
        Load load = session.load("idle: CPU for items of 1 ms, which come one by one");
        long turns = Spin.turnsIn(ALONE);
        List<Double> assigning = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Trial trial = Trial.run(executor, Numbers.topology(items, 1, turns), items);
            if (round > 0) {
                Map<String, Double> spent = micros(trial);
                spent.remove(WORKER);
                spent.forEach((who, cost) -> load.sample(who, CPU, cost));
                assigning.add(Objects.requireNonNull(spent.get(ASSIGNING)));
                rates.add(trial.itemsPerSecond());
            }
        }
        Cost cost = Cost.of(busy.at(Long.BYTES), median(rates), median(assigning));
        session.note(String.format(
                Locale.ROOT,
                "Model, %s: %.2f us an item that waits already, %.1f us more for one that wakes it.",
                ASSIGNING,
                cost.busyMicros(),
                cost.wakeMicros()));
        return cost;
    }

    /** Of the threads that every run has, of the rest of this process, its collector and compilers above all, and of the worker. */
    private static Map<String, Double> micros(Trial trial) {
        CpuTimes spent = trial.spent();
        long assigning = spent.of(Role.MAILBOX);
        long sockets = spent.of(Role.SOCKETS);
        long subscriber = spent.of(Role.SUBSCRIBER);
        Map<String, Double> micros = new LinkedHashMap<>();
        add(micros, trial, ASSIGNING, assigning);
        add(micros, trial, SOCKETS, sockets);
        add(micros, trial, SUBSCRIBER, subscriber);
        add(micros, trial, REST, spent.process() - assigning - sockets - subscriber);
        add(micros, trial, WORKER, spent.children());
        return micros;
    }

    private static void add(Map<String, Double> micros, Trial trial, String who, long nanos) {
        micros.put(
                who,
                trial.microsPerItem(
                        Math.max(1, nanos))); // counted in steps: may come to nothing, which has no logarithm
    }

    private static void add(Map<String, List<Double>> all, String who, double value) {
        all.computeIfAbsent(who, any -> new ArrayList<>()).add(value);
    }

    static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}

package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
final class CoordinatorModel implements Suite {

    static final Unit CPU = Unit.less("CPU us/item");
    private static final Unit PER_KIB = Unit.less("CPU us/KiB");
    private static final int KIB = 1024;
    private static final int SMALLEST = 16;
    private static final int LARGEST = 64 * KIB;
    private static final long MOST_ITEMS = 300_000;
    private static final long MOST_BYTES = 300_000_000;
    private static final int SHORT = 20;
    private static final Duration ALONE = Duration.ofMillis(1);
    private static final long ALONE_ITEMS = 1_500;
    private static final long WARM_UP = 400_000;

    @Override
    public void run(Session session) {
        int divisor = session.shortForm() ? SHORT : 1;
        try (WorkerPool pool = Pools.warm(1, WARM_UP / divisor)) {
            TopologyExecutor executor = Pools.executor(pool);
            Map<Role, Line> lines = lines(session, executor, divisor);
            Map<Role, Cost> costs = alone(session, executor, lines, ALONE_ITEMS / divisor);
            new Prediction(costs, lines).record(session);
            new Simulation(costs.get(Role.MAILBOX)).run(session);
        }
    }

    private static Map<Role, Line> lines(Session session, TopologyExecutor executor, int divisor) {
        Load curve = session.load("coordinator's CPU by size of the value that goes and comes back");
        Map<Role, List<Line.At>> points = new EnumMap<>(Role.class);
        for (int bytes = SMALLEST; bytes <= LARGEST; bytes *= 4) {
            long items = Math.max(100, Math.min(MOST_ITEMS, MOST_BYTES / bytes) / divisor);
            Map<Role, List<Double>> micros = new EnumMap<>(Role.class);
            for (int round = 0; round <= session.rounds(); round++) {
                Trial trial = Trial.run(executor, Blocks.topology(items, bytes), items);
                if (round > 0) {
                    perRole(trial)
                            .forEach((role, cost) -> micros.computeIfAbsent(role, any -> new ArrayList<>())
                                    .add(cost));
                }
            }
            session.progress("values of " + bytes + " bytes");
            Load at = curve.at(bytes, "bytes");
            for (Map.Entry<Role, List<Double>> each : micros.entrySet()) {
                each.getValue().forEach(cost -> at.sample(name(each.getKey()), CPU, cost));
                points.computeIfAbsent(each.getKey(), any -> new ArrayList<>())
                        .add(new Line.At(bytes, median(each.getValue())));
            }
        }
        Map<Role, Line> lines = new EnumMap<>(Role.class);
        points.forEach((role, at) -> lines.put(role, fitted(session, role, at)));
        return lines;
    }

    private static Line fitted(Session session, Role role, List<Line.At> points) {
        Line line = Line.through(points);
        session.load("model of a busy coordinator")
                .sample(name(role), CPU, line.constant())
                .sample(name(role), PER_KIB, KIB * line.slope());
        session.note(String.format(
                Locale.ROOT,
                "model, %s: %.2f us an item + %.3f us a KiB; the point that it fits worst is %.0f %% away",
                name(role),
                line.constant(),
                KIB * line.slope(),
                100 * line.worst(points)));
        return line;
    }

    /** What it costs more to be woken for each item. */
    private static Map<Role, Cost> alone(
            Session session, TopologyExecutor executor, Map<Role, Line> lines, long items) {
        long turns = Spin.turnsIn(ALONE);
        Map<Role, List<Double>> micros = new EnumMap<>(Role.class);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < session.rounds(); round++) {
            Trial trial = Trial.run(executor, Numbers.topology(items, 1, turns), items);
            rates.add(trial.itemsPerSecond());
            perRole(trial)
                    .forEach((role, cost) -> micros.computeIfAbsent(role, any -> new ArrayList<>())
                            .add(cost));
        }
        Load load = session.load("coordinator's CPU for items of 1 ms that come one by one");
        Map<Role, Cost> costs = new EnumMap<>(Role.class);
        micros.forEach((role, each) -> {
            each.forEach(cost -> load.sample(name(role), CPU, cost));
            Line line = lines.get(role);
            double busy = line == null ? 0 : line.at(Long.BYTES);
            costs.put(role, Cost.of(busy, median(rates), median(each)));
        });
        return costs;
    }

    /** Of the threads that every run has; the rest of the process, its collector and its compilers above all, is one more. */
    private static Map<Role, Double> perRole(Trial trial) {
        Map<Role, Double> micros = new EnumMap<>(Role.class);
        long rest = trial.spent().process();
        for (Role role : List.of(Role.MAILBOX, Role.SOCKETS, Role.SUBSCRIBER)) {
            long nanos = trial.spent().of(role);
            rest -= nanos;
            micros.put(role, trial.microsPerItem(Math.max(1, nanos)));
        }
        micros.put(Role.OTHER, trial.microsPerItem(Math.max(1, rest)));
        return micros;
    }

    static String name(Role role) {
        return switch (role) {
            case MAILBOX -> "assigning thread";
            case SOCKETS -> "socket thread";
            case SUBSCRIBER -> "subscriber's thread";
            case IN_MEMORY -> "simulated workers";
            case OTHER -> "collector, compilers, others";
        };
    }

    static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}

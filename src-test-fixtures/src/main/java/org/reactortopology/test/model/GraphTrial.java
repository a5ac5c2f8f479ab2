package org.reactortopology.test.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.reactortopology.Outcome;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import reactor.core.publisher.Mono;

/** One random graph: what must come of it, and what does. Throws {@link AssertionError} with all that is needed to see it again. */
public final class GraphTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("graph.patience", 20));

    private final GraphSeed seed;
    private final GraphProgram program;
    private final Map<String, String> expected;
    private final Map<Integer, String> aggregates;

    /** The graph of that seed. */
    public GraphTrial(GraphSeed seed) {
        this.seed = seed;
        this.program = GraphProgram.of(seed);
        GraphOracle oracle = program.oracle();
        this.expected = new TreeMap<>();
        oracle.ends().forEach((key, end) -> expected.put(key, text(end)));
        this.aggregates = oracle.aggregates();
    }

    /** The topology, which can be built in any process. */
    public Topology<Long> topology() {
        return Topology.from(GraphTopology.class, seed);
    }

    /** How many parts the graph has. */
    public int size() {
        return program.ops().size();
    }

    /**
     * Runs the graph and compares every outcome with what must come of it.
     *
     * @param demand decides how the outcomes are asked for
     * @return calls and failures of each work, by its name
     */
    public Map<String, String> run(TopologyExecutor executor, long demand) {
        TopologyRun<Long> run = executor.run(topology());
        RandomDemand<Outcome<Long>> subscriber = new RandomDemand<>(demand, () -> bounded(run.queues()));
        run.outcomes().subscribe(subscriber);
        if (!subscriber.await(PATIENCE)) {
            String state = "no end after " + subscriber.received().size() + " of " + expected.size() + " outcomes; "
                    + subscriber + "; missing " + missing(subscriber.received()) + "; queues " + run.queues() + "\n"
                    + threads();
            subscriber.cancel();
            throw failure(state);
        }
        Throwable error = subscriber.error();
        if (error != null) {
            throw failure("the run failed: " + error, error);
        }
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE), "no report");
        compare(subscriber.received());
        counts(report, subscriber.received());
        return report.works().stream()
                .collect(Collectors.toMap(RunReport.WorkReport::name, work -> work.calls() + " " + work.failures()));
    }

    /**
     * Runs the graph and ends it early, behind a random number of outcomes: a drained run has an outcome for all that it has taken, and one that is stopped
     * ends with those that there were.
     *
     * @param random decides when it is ended and how, and how the outcomes are asked for
     */
    public void runInPart(TopologyExecutor executor, long random) {
        Random choice = new Random(random);
        AtomicInteger before = new AtomicInteger(choice.nextInt(12));
        boolean drained = choice.nextInt(4) > 0;
        TopologyRun<Long> run = executor.run(topology());
        Runnable end = () -> {
            if (before.getAndDecrement() == 0) {
                Mono<RunReport> ignored = drained ? run.drain(PATIENCE) : run.stop();
            }
        };
        RandomDemand<Outcome<Long>> subscriber = new RandomDemand<>(random, end);
        run.outcomes().subscribe(subscriber);
        end.run();
        String how = (drained ? "drained" : "stopped") + " by " + random + ": ";
        if (!subscriber.await(PATIENCE) || subscriber.error() != null) {
            throw failure(how + "no end after " + subscriber.received().size() + " outcomes, or an error: "
                    + subscriber.error() + "; queues " + run.queues() + "\n" + threads());
        }
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE), "no report");
        List<Outcome<Long>> outcomes = subscriber.received();
        RunReport.Counts counts = report.counts();
        boolean right = counts.ended() == outcomes.size()
                && outcomes.stream().map(Outcome::key).distinct().count() == outcomes.size()
                && switch (report.state()) {
                    case COMPLETED -> counts.taken() == seed.items() && counts.unfinished() == 0;
                    case DRAINED -> drained && before.get() < 0 && counts.unfinished() == 0;
                    case STOPPED -> !drained && before.get() < 0;
                    default -> false;
                };
        if (!right) {
            throw failure(how + "wrong for " + outcomes.size() + " outcomes: " + report);
        }
    }

    /** An error that tells how to see this graph again. */
    public AssertionError failure(String what) {
        return failure(what, null);
    }

    private AssertionError failure(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new AssertionError(
                what + "\nreplay: -Dgraph.seed=" + seed.seed() + " (" + seed + ")\n" + program.describe()
                        + topology().describe(),
                cause);
    }

    private void compare(List<Outcome<Long>> outcomes) {
        Map<String, String> seen = new TreeMap<>();
        for (Outcome<Long> outcome : outcomes) {
            String before = seen.put(outcome.key(), text(outcome));
            if (before != null) {
                throw failure("key " + outcome.key() + " ended twice: " + before + ", " + outcome);
            }
        }
        if (!seen.equals(expected)) {
            Map<String, String> wrong = new LinkedHashMap<>();
            expected.forEach((key, end) -> {
                if (!end.equals(seen.get(key))) {
                    wrong.put(key, "must be [" + end + "], is [" + seen.get(key) + "]");
                }
            });
            seen.forEach((key, end) -> {
                if (!expected.containsKey(key)) {
                    wrong.put(key, "must not be, is [" + end + "]");
                }
            });
            throw failure("wrong outcomes: " + wrong);
        }
    }

    private void counts(RunReport report, List<Outcome<Long>> outcomes) {
        RunReport.Counts counts = report.counts();
        long done = outcomes.stream().filter(Outcome.Done.class::isInstance).count();
        long failed = outcomes.stream().filter(Outcome::isFailure).count();
        long consumed =
                outcomes.stream().filter(Outcome.Consumed.class::isInstance).count();
        boolean right = report.state() == RunState.COMPLETED
                && counts.taken() == seed.items()
                && counts.taken() + counts.derived() == counts.ended()
                && counts.ended() == outcomes.size()
                && counts.done() == done
                && counts.failures() == failed
                && counts.consumed() == consumed;
        if (!right) {
            throw failure("wrong counts for " + outcomes.size() + " outcomes: " + report);
        }
        aggregates.forEach((number, result) -> {
            Op op = program.ops().get(number);
            Object came = report.result(GraphTopology.aggregate(number, op));
            if (!result.equals(came)) {
                throw failure("aggregate " + number + " must be " + result + ", is " + came);
            }
        });
    }

    private void bounded(List<QueueDepth> queues) {
        for (QueueDepth queue : queues) {
            if (queue.depth() > queue.capacity() || queue.highest() > queue.capacity()) {
                throw failure("a queue exceeds its bound: " + queue);
            }
        }
    }

    private List<String> missing(List<Outcome<Long>> received) {
        List<String> missing = new ArrayList<>(expected.keySet());
        received.forEach(outcome -> missing.remove(outcome.key()));
        return missing;
    }

    private static String text(End end) {
        return switch (end.kind()) {
            case DONE -> "done " + end.value();
            case FAILED -> "failed in " + end.by() + " by " + end.cause();
            case CONSUMED -> "consumed, children " + end.children();
            case SKIPPED -> "skipped";
        };
    }

    private static String text(Outcome<Long> outcome) {
        if (outcome instanceof Outcome.Done<Long> done) {
            return "done " + done.value();
        } else if (outcome instanceof Outcome.Failed<Long> failed) {
            return "failed in " + GraphBuilder.number(failed.work()) + " by " + failed.causeType();
        } else if (outcome instanceof Outcome.Consumed<Long> consumed) {
            return "consumed, children " + consumed.children();
        }
        return outcome instanceof Outcome.Skipped ? "skipped" : outcome.toString();
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append(thread.getName()).append(' ').append(thread.getState()).append('\n');
            for (StackTraceElement frame : frames) {
                text.append("    ").append(frame).append('\n');
            }
        });
        return text.toString();
    }
}

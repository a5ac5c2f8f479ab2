package org.reactortopology.test.model;

import static org.reactortopology.Work.cpu;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Topology;

/**
 * A random description that holds together: parts are drawn one after the other, and one that would make the whole invalid is dropped.
 *
 * @param ops the parts, the source first
 * @param output number of the part that is the output
 */
record GraphProgram(GraphSeed seed, List<Op> ops, int output) {

    private static final Verb[] DRAWN = {
        Verb.MAP,
        Verb.MAP,
        Verb.MAP,
        Verb.KEYED,
        Verb.RETRIED,
        Verb.ONCE,
        Verb.FILTER,
        Verb.FLAT_MAP,
        Verb.FLAT_MAP,
        Verb.FLAT_MAP_KEYS,
        Verb.WINDOW,
        Verb.PAIRS,
        Verb.SUCCESSIVE,
        Verb.BRANCH,
        Verb.BRANCH,
        Verb.MERGE,
        Verb.MERGE,
        Verb.MERGE,
        Verb.JOIN,
        Verb.JOIN,
        Verb.JOIN,
        Verb.TRANSFORM,
        Verb.LOOP,
        Verb.RECOVER,
        Verb.FAILURES,
        Verb.AGGREGATE,
        Verb.QUEUE,
        Verb.QUEUE,
        Verb.ORDERED,
        Verb.PARTITION,
        Verb.GATHER,
        Verb.SINK
    };

    /** Copies the list. */
    GraphProgram {
        ops = List.copyOf(ops);
    }

    /** Always the same for the same seed. */
    static GraphProgram of(GraphSeed seed) {
        Random random = new Random(seed.seed());
        List<Op> ops = new ArrayList<>(List.of(op(random, Verb.SOURCE, List.of())));
        GraphProgram best = finished(seed, ops);
        for (int i = 0; i < seed.size(); i++) {
            List<Op> longer = new ArrayList<>(ops);
            longer.addAll(drawn(random, ops));
            GraphProgram candidate = finished(seed, longer);
            if (candidate.holds()) {
                ops = longer;
                best = candidate;
            }
        }
        return best;
    }

    Topology<Long> build() {
        return new GraphBuilder(this).build();
    }

    /** How every key must end. */
    GraphOracle oracle() {
        return GraphOracle.of(ops, output, keys());
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < seed.items(); i++) {
            keys.add(Integer.toString(i));
        }
        return keys;
    }

    private boolean holds() {
        try {
            build();
            oracle().ends();
            return true;
        } catch (InvalidTopologyException | GraphOracle.RuleBroken e) {
            return false;
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + describe(), e);
        }
    }

    private static List<Op> drawn(Random random, List<Op> ops) {
        Verb verb = DRAWN[random.nextInt(DRAWN.length)];
        int last = ops.size() - 1;
        // mostly from what is new, so that the graph is deep as well as wide
        int from = random.nextInt(3) > 0 ? last : random.nextInt(ops.size());
        List<Integer> in = new ArrayList<>(List.of(stage(ops, from)));
        if (verb == Verb.MERGE || verb == Verb.JOIN) {
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                in.add(stage(ops, Math.max(0, last - random.nextInt(6))));
            }
        }
        Op op = op(random, verb, in);
        if (verb != Verb.BRANCH) {
            return List.of(op);
        }
        List<Op> branch = new ArrayList<>(List.of(op));
        int routes = 2 + op.a() % 2;
        for (int i = 0; i < routes; i++) {
            branch.add(new Op(Verb.ROUTE, List.of(ops.size()), i, routes, 0, op.salt()));
        }
        return branch;
    }

    private static int stage(List<Op> ops, int near) {
        int at = near;
        while (ops.get(at).verb() == Verb.BRANCH || ops.get(at).verb() == Verb.SINK) {
            at--;
        }
        return at;
    }

    private static Op op(Random random, Verb verb, List<Integer> in) {
        int failEvery = random.nextInt(3) == 0 ? 4 + random.nextInt(12) : 0;
        return new Op(verb, in, random.nextInt(1000), random.nextInt(1000), failEvery, random.nextLong());
    }

    /** The last of what nothing takes from is the output, the others end in sinks. */
    private static GraphProgram finished(GraphSeed seed, List<Op> ops) {
        Set<Integer> taken = new HashSet<>();
        ops.forEach(op -> taken.addAll(op.in()));
        List<Integer> leaves = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            if (!taken.contains(i) && ops.get(i).verb() != Verb.SINK) {
                leaves.add(i);
            }
        }
        List<Op> all = new ArrayList<>(ops);
        if (leaves.isEmpty()) {
            leaves.add(0);
        }
        int output = leaves.get(Values.choice(seed.seed(), ops.size(), leaves.size()));
        for (int leaf : leaves) {
            if (leaf != output) {
                all.add(new Op(Verb.SINK, List.of(leaf), leaf, leaf, 0, leaf));
            }
        }
        return new GraphProgram(seed, all, output);
    }

    /** The parts, one per line. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ops.size(); i++) {
            text.append(i == output ? "* " : "  ")
                    .append(i)
                    .append(' ')
                    .append(ops.get(i))
                    .append('\n');
        }
        return text.toString();
    }

    static org.reactortopology.Work<Long, Boolean> exit(Op op) {
        return cpu(value -> GraphTopology.leaves(op, value));
    }
}

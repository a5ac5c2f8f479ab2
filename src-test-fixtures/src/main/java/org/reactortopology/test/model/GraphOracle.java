package org.reactortopology.test.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reactortopology.TopologyException;
import org.reactortopology.test.model.End.Kind;

/**
 * Says how every item of a random graph ends, by computing one part of the graph after the other over whole lists: no streams, no threads, no code of
 * an engine.
 */
final class GraphOracle {

    /** Thrown where the graph breaks a rule that only the user can keep, such as that no key comes twice. */
    static final class RuleBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RuleBroken(String rule) {
            super(rule);
        }
    }

    private final List<List<Part>> parts = new ArrayList<>();
    private final List<Integer> numberings = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();
    private final Map<Integer, String> aggregates = new LinkedHashMap<>();

    private GraphOracle() {}

    /** The end of every key, the derived ones too. */
    static GraphOracle of(List<Op> ops, int output, List<String> keys) {
        GraphOracle oracle = new GraphOracle();
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            List<Part> out = op.verb() == Verb.SOURCE ? oracle.source(keys) : oracle.out(i, op);
            int numbering = op.in().isEmpty() ? 0 : oracle.numberings.get(op.first());
            oracle.numberings.add(GraphOracleWindows.makes(op) ? i : numbering);
            oracle.parts.add(out);
            oracle.check(i, out);
            if (i == output || op.verb() == Verb.SINK) {
                out.forEach(part -> part.life().ends(part));
            }
        }
        return oracle;
    }

    Map<String, End> ends() {
        Map<String, End> ends = new LinkedHashMap<>();
        for (Life life : lives) {
            if (ends.put(life.key(), life.conclusion()) != null) {
                throw new RuleBroken("key " + life.key() + " is given twice");
            }
        }
        return ends;
    }

    /** By the number of the part: count and sum of what an aggregate was given. */
    Map<Integer, String> aggregates() {
        return aggregates;
    }

    private void check(int number, List<Part> out) {
        Set<String> live = new HashSet<>();
        for (Part part : out) {
            if (part.live() && !live.add(part.key())) {
                throw new RuleBroken("key " + part.key() + " comes twice at " + number);
            }
        }
    }

    private List<Part> source(List<String> keys) {
        List<Part> out = new ArrayList<>();
        for (String key : keys) {
            out.add(new Part(made(key, false, 0, List.of()), out.size(), 0, Values.hash(key), null));
        }
        return out;
    }

    private Life made(String key, boolean derived, int madeBy, List<Life> parents) {
        Life life = new Life(key, derived, madeBy, parents);
        lives.add(life);
        return life;
    }

    private List<Part> out(int number, Op op) {
        List<Part> in = parts.get(op.first());
        return switch (op.verb()) {
            case MERGE ->
                op.in().stream().flatMap(each -> parts.get(each).stream()).toList();
            case JOIN -> join(number, op);
            case WINDOW, PAIRS, SUCCESSIVE ->
                new GraphOracleWindows(number, op, numberings.get(op.first()), this::made).of(in);
            case TRANSFORM -> transform(number, op, in);
            case AGGREGATE -> aggregate(number, op, in);
            case FLAT_MAP, FLAT_MAP_KEYS ->
                in.stream().flatMap(part -> flatMap(number, op, part).stream()).toList();
            case ROUTE -> in.stream().filter(part -> takes(op, part)).toList();
            default -> in.stream().map(part -> one(number, op, part)).toList();
        };
    }

    private Part one(int number, Op op, Part part) {
        if (op.verb() == Verb.RECOVER) {
            return recovered(number, op, part);
        }
        if (op.verb() == Verb.FAILURES && part.end() != null && part.end().is(Kind.FAILED)) {
            return part.with(Values.hash(part.key()));
        }
        if (!part.live()) {
            return part;
        }
        return switch (op.verb()) {
            case MAP, ONCE -> mapped(number, op, part, part.number());
            case KEYED -> mapped(number, op, part, part.number() ^ Values.hash(part.key()));
            case RETRIED ->
                Values.attempts(op, part.number()) > GraphTopology.ATTEMPTS
                        ? part.failed(number, IllegalStateException.class)
                        : part.with(Values.mix(op.salt(), part.number()));
            case FILTER -> filtered(number, op, part);
            case BRANCH -> failing(number, op, part);
            case LOOP -> looped(number, op, part);
            case FAILURES -> part.ended(End.consumed(number));
            case SINK -> sunk(number, op, part);
            default -> part;
        };
    }

    private static Part failing(int number, Op op, Part part) {
        return Values.fails(op, part.number())
                ? part.failed(number, Values.failure(op).getClass())
                : part;
    }

    private static Part mapped(int number, Op op, Part part, long value) {
        return Values.fails(op, value)
                ? part.failed(number, Values.failure(op).getClass())
                : part.with(Values.mix(op.salt(), value));
    }

    private static Part filtered(int number, Op op, Part part) {
        Part tried = failing(number, op, part);
        return tried.live() && !Values.keeps(op, part.number()) ? part.ended(End.skipped()) : tried;
    }

    private static Part sunk(int number, Op op, Part part) {
        Part tried = failing(number, op, part);
        return tried.live() ? part.ended(End.consumed(number)) : tried;
    }

    private static Part recovered(int number, Op op, Part part) {
        End end = part.end();
        return end != null && end.is(Kind.FAILED) ? mapped(number, op, part, Values.hash(part.key())) : part;
    }

    private Part looped(int number, Op op, Part part) {
        Part round = part;
        for (int i = 0; i < GraphTopology.rounds(op); i++) {
            if (op.a() % GraphTopology.BODIES == 2 && !Values.keeps(op, round.number())) {
                return part.ended(End.skipped());
            }
            round = mapped(number, op, round, round.number());
            if (!round.live() || GraphTopology.leaves(op, round.number())) {
                return round;
            }
        }
        return part.failed(number, TopologyException.class);
    }

    private List<Part> flatMap(int number, Op op, Part part) {
        if (!part.live()) {
            return List.of(part);
        }
        boolean own = op.verb() == Verb.FLAT_MAP_KEYS;
        Part parent = own ? mapped(number, op, part, Values.hash(part.key())) : failing(number, op, part);
        if (!parent.live()) {
            return List.of(parent);
        }
        List<Part> out = new ArrayList<>();
        int children = Values.children(op, parent.number());
        boolean repeats = own && children > 1 && Values.repeatsKey(op, parent.number());
        for (int i = 0; i < (repeats ? 1 : children); i++) {
            long value = Values.child(op, parent.number(), i);
            String key = own ? GraphTopology.childKey(op, parent.number(), i) : part.key() + "/" + i;
            Life child = made(key, true, number, List.of(part.life()));
            out.add(new Part(child, part.index(), part.numbering(), value, null));
        }
        Class<?> thrown = repeats ? TopologyException.class : IllegalStateException.class;
        boolean breaks = repeats || Values.breaks(op, parent.number());
        out.add(breaks ? parent.failed(number, thrown) : parent.ended(End.consumed(number)));
        return out;
    }

    private static boolean takes(Op route, Part part) {
        return part.live() ? Values.choice(route.salt(), part.number(), route.b()) == route.a() : route.a() == 0;
    }

    private List<Part> join(int number, Op op) {
        List<Part> out = new ArrayList<>();
        Map<String, Part[]> sides = new LinkedHashMap<>();
        for (int side = 0; side < op.in().size(); side++) {
            for (Part part : parts.get(op.in().get(side))) {
                if (!part.live() && part.end() != null && part.end().is(Kind.CONSUMED)) {
                    out.add(part);
                    continue;
                }
                Part[] all = sides.computeIfAbsent(
                        part.key(), key -> new Part[op.in().size()]);
                if (all[side] != null) {
                    throw new RuleBroken("key " + part.key() + " comes twice to join " + number);
                }
                all[side] = part;
            }
        }
        sides.values().forEach(all -> out.addAll(joined(number, op, all)));
        return out;
    }

    private static List<Part> joined(int number, Op op, Part[] all) {
        List<Part> there = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (Part part : all) {
            if (part != null) {
                there.add(part);
                if (part.live()) {
                    values.add(part.number());
                }
            }
        }
        Part first = there.get(0);
        if (there.size() < all.length) {
            return there.stream()
                    .map(part -> part.live() ? part.failed(number, TopologyException.class) : part)
                    .toList();
        }
        for (Part part : there) {
            if (part.end() != null && part.end().is(Kind.FAILED)) {
                return List.of(first.ended(part.end()));
            }
        }
        if (values.size() == all.length) {
            return List.of(first.with(Values.fold(op, values)));
        }
        return List.of(values.isEmpty() ? first : first.failed(number, TopologyException.class));
    }

    private List<Part> transform(int number, Op op, List<Part> in) {
        List<Part> out = new ArrayList<>();
        Map<String, Long> given = new LinkedHashMap<>();
        in.stream().filter(Part::live).forEach(part -> given.put(part.key(), part.number()));
        Operators.Result result = Operators.expected(op, number, given);
        for (Part part : in) {
            Long value = result.emitted().get(part.key());
            if (!part.live()) {
                out.add(part);
            } else if (value != null) {
                out.add(part.with(value));
            } else {
                out.add(result.fails() ? part.failed(number, IllegalStateException.class) : part.ended(End.skipped()));
            }
        }
        result.emitted().forEach((key, value) -> {
            if (!given.containsKey(key)) {
                out.add(new Part(made(key, true, number, List.of()), 0, numberings.get(op.first()), value, null));
            }
        });
        return out;
    }

    private List<Part> aggregate(int number, Op op, List<Part> in) {
        List<Part> out = in.stream()
                .map(part -> part.live() ? failing(number, op, part) : part)
                .toList();
        List<Long> values = out.stream().filter(Part::live).map(Part::number).toList();
        aggregates.put(number, values.size() + " " + Values.sum(values));
        return out;
    }
}

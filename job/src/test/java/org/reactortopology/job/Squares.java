package org.reactortopology.job;

import static org.reactortopology.Work.cpu;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Squares of numbers, some of which fail or are left out; remembers what it was called with. */
final class Squares implements TopologyFactory<Squares.Params, Long> {

    /** Calls since a test began, by all works of this class. */
    static final Queue<Long> CALLS = new ConcurrentLinkedQueue<>();

    /** Numbers that fail now: no parameter, as what is mended between runs is none. */
    static final Set<Long> FAILING = new HashSet<>();

    record Params(long items, int offset) {
        static Params of(long items) {
            return new Params(items, 0);
        }
    }

    @Override
    public Topology<Long> create(Params params) {
        return Topology.named("squares")
                .source("numbers", Series.range(0, params.items(), 1))
                .filter("not-four", cpu(n -> n != 4))
                .map("square", cpu(n -> square(n + params.offset())))
                .build();
    }

    static Topology<Long> of(long items) {
        return Topology.from(Squares.class, Params.of(items));
    }

    static List<Long> calls() {
        List<Long> calls = CALLS.stream().sorted().toList();
        CALLS.clear();
        return calls;
    }

    static long square(long n) {
        CALLS.add(n);
        if (FAILING.contains(n)) {
            throw new IllegalArgumentException("no square of " + n);
        }
        return n * n;
    }
}

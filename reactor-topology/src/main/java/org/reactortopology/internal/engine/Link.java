package org.reactortopology.internal.engine;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;

/** One point of a hop as it runs: a call, or a join with the sides of its fan-out. Exactly one of the two is there. */
final class Link {

    /** Number of the call among those of the hop. */
    final int at;

    final @Nullable Call call;
    final Step.@Nullable JoinStep join;

    /** Of the join, in its order. */
    final Link[][] sides;

    private Link(int at, @Nullable Call call, Step.@Nullable JoinStep join, Link[][] sides) {
        this.at = at;
        this.call = call;
        this.join = join;
        this.sides = sides;
    }

    /** What a hop does. */
    static List<Link> all(List<Segment> segments, Function<Node, Call> calls) {
        return List.of(all(segments, calls, IntStream.iterate(0, at -> at + 1).iterator()));
    }

    private static Link[] all(List<Segment> segments, Function<Node, Call> calls, Iterator<Integer> numbers) {
        return segments.stream().map(segment -> of(segment, calls, numbers)).toArray(Link[]::new);
    }

    private static Link of(Segment segment, Function<Node, Call> calls, Iterator<Integer> numbers) {
        if (segment instanceof Segment.Fan fan) {
            Link[][] sides =
                    fan.sides().stream().map(side -> all(side, calls, numbers)).toArray(Link[][]::new);
            return new Link(-1, null, (Step.JoinStep) fan.last().step(), sides);
        }
        return new Link(numbers.next(), calls.apply(segment.last()), null, new Link[0][]);
    }

    /** Its call, or those of its sides, in the order of their numbers. */
    Stream<Call> calls() {
        return call != null
                ? Stream.of(call)
                : Stream.of(sides).flatMap(Stream::of).flatMap(Link::calls);
    }
}

package org.reactortopology.internal.engine;

import java.util.List;
import java.util.stream.Stream;
import org.reactortopology.spi.Node;

/** What a hop does at one point: a work, or several ways for the same item whose ends are joined. */
sealed interface Segment {

    /** The node whose items leave it. */
    Node last();

    /** All nodes in it. */
    Stream<Node> nodes();

    /** A work. */
    record One(Node last) implements Segment {
        @Override
        public Stream<Node> nodes() {
            return Stream.of(last);
        }
    }

    /**
     * Ways that begin with the same item.
     *
     * @param last the join
     * @param sides the ways in the order of the join's inputs; one without works passes the item on as it is
     */
    record Fan(Node last, List<List<Segment>> sides) implements Segment {
        @Override
        public Stream<Node> nodes() {
            return Stream.concat(sides.stream().flatMap(List::stream).flatMap(Segment::nodes), Stream.of(last));
        }
    }
}

package org.reactortopology.test.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.reactortopology.TopologyException;
import org.reactortopology.test.model.End.Kind;

/** All that becomes of one key. */
final class Life {

    private final String key;
    private final boolean derived;
    private final int madeBy;
    private final List<Life> children = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private long value;

    Life(String key, boolean derived, int madeBy, List<Life> parents) {
        this.key = key;
        this.derived = derived;
        this.madeBy = madeBy;
        parents.forEach(parent -> parent.children.add(this));
    }

    String key() {
        return key;
    }

    boolean derived() {
        return derived;
    }

    /** A part has come to an end. */
    void ends(Part part) {
        End end = part.end();
        if (end == null) {
            value = part.number();
            end = new End(Kind.DONE, 0, value, "", 0);
        }
        ends.add(end);
    }

    boolean hasEnded() {
        return !ends.isEmpty();
    }

    /** The failure of what stands first; else the value; else what it became; else that it was skipped; else what took it. */
    End conclusion() {
        List<End> failures =
                new ArrayList<>(ends.stream().filter(end -> end.is(Kind.FAILED)).toList());
        children.stream()
                .filter(child -> child.conclusion().is(Kind.FAILED))
                .forEach(child ->
                        failures.add(new End(Kind.FAILED, child.madeBy, 0, TopologyException.class.getName(), 0)));
        Comparator<End> first = Comparator.comparingInt(End::by);
        Optional<End> failure = failures.stream().min(first);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (ends.stream().anyMatch(end -> end.is(Kind.DONE))) {
            return new End(Kind.DONE, 0, value, "", 0);
        }
        if (children.isEmpty() && ends.stream().anyMatch(end -> end.is(Kind.SKIPPED))) {
            return End.skipped();
        }
        return ends.stream()
                .filter(end -> end.is(Kind.CONSUMED))
                .min(first)
                .map(end -> new End(Kind.CONSUMED, end.by(), 0, "", children.size()))
                .orElseGet(End::skipped);
    }
}

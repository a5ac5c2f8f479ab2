package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.Step;

/** All parts that were described with one builder. Not thread-safe. */
public final class Sketch {

    private final List<Vertex> parts = new ArrayList<>();

    /** What has been built into a topology: it is consumed, whatever else is. */
    private final Set<Vertex> built = new HashSet<>();

    /** Adds a part. */
    public Vertex add(Step step, List<Vertex> inputs) {
        return add(step, inputs, null);
    }

    /** Adds the end of a loop. */
    public Vertex add(Step step, List<Vertex> inputs, @Nullable Vertex loop) {
        Vertex vertex = new Vertex(this, parts.size(), step, inputs, loop);
        parts.add(vertex);
        return vertex;
    }

    /** The parts of the topology whose output is this one, in order: all that it comes from, and the sinks beside. */
    List<Vertex> partsOf(Vertex output) {
        Set<Vertex> members = new HashSet<>();
        collect(output, members, Set.of());
        for (Vertex part : parts) {
            if (isSink(part) && !members.contains(part)) {
                Set<Vertex> own = new HashSet<>();
                collect(part, own, members);
                boolean ofAnother = own.stream().anyMatch(each -> !each.equals(part) && built.contains(each));
                if (!ofAnother && own.stream().anyMatch(each -> touches(each, members))) {
                    members.addAll(own);
                }
            }
        }
        return sorted(members);
    }

    /** Parts that nothing takes from, given that these are built now. */
    List<Vertex> unconsumed(Collection<Vertex> members) {
        Set<Vertex> consumed = new HashSet<>(built);
        consumed.addAll(members);
        parts.forEach(part -> consumed.addAll(part.inputs()));
        return parts.stream()
                .filter(part -> !consumed.contains(part) && !isSink(part))
                .toList();
    }

    /** Notes that these have been built into a topology. */
    void built(Collection<Vertex> members) {
        built.addAll(members);
    }

    static boolean isSink(Vertex part) {
        return part.step() instanceof Step.WorkStep work && work.role() == Step.Role.SINK;
    }

    private static boolean touches(Vertex part, Set<Vertex> members) {
        return part.inputs().stream().anyMatch(members::contains);
    }

    private static void collect(Vertex from, Set<Vertex> into, Set<Vertex> stopAt) {
        List<Vertex> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            Vertex next = open.remove(open.size() - 1);
            if (!stopAt.contains(next) && into.add(next)) {
                open.addAll(next.inputs());
            }
        }
    }

    private static List<Vertex> sorted(Set<Vertex> members) {
        TreeSet<Vertex> sorted = new TreeSet<>(java.util.Comparator.comparingInt(Vertex::order));
        sorted.addAll(members);
        return List.copyOf(new LinkedHashSet<>(sorted));
    }
}

package org.reactortopology;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactortopology.internal.graph.Drawing;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/**
 * An immutable, validated graph of works and queues: one source, one typed output. Can be run many times, also at once.
 *
 * @param <O> type of the value that it computes for an item
 */
@SuppressWarnings("UnusedTypeParameter") // the type of the output guards who runs it
public final class Topology<O> {

    private final TopologyPlan plan;
    private final @Nullable TopologyOrigin origin;

    Topology(TopologyPlan plan, @Nullable TopologyOrigin origin) {
        this.plan = plan;
        this.origin = origin;
    }

    /** Begins the description of a topology of that name. */
    public static TopologyBuilder named(String name) {
        return new TopologyBuilder(name);
    }

    /**
     * Builds the topology through its factory, so that it knows its origin and any executor can run it, also in other processes.
     *
     * @param factory a class with a constructor without arguments (not an inner class or a lambda)
     * @throws InvalidTopologyException if the class is not such a class
     * @throws TopologyException if its constructor throws
     */
    public static <P, O> Topology<O> from(Class<? extends TopologyFactory<P, O>> factory, P params) {
        Objects.requireNonNull(params, "params");
        Topology<O> built = instantiate(factory).create(params);
        return new Topology<>(built.plan, new TopologyOrigin(factory, params));
    }

    /** The name given to {@link #named(String)}. */
    public String name() {
        return plan.name();
    }

    /** The factory and parameters that this was built from, if it was built by {@link #from}. */
    public Optional<TopologyOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    /** The same topology with a flux as its input. */
    Topology<O> suppliedBy(Publisher<?> publisher) {
        if (!(plan.source() instanceof Source.OfInput input)) {
            throw new InvalidTopologyException(
                    name(),
                    List.of("its source '" + plan.source().name() + "' is not supplied from outside: begin it with"
                            + " input(name, type, key), or run it by executor.run(topology)"));
        }
        List<Node> nodes = new ArrayList<>(plan.nodes());
        Source supplied = new Source.OfInput(input.name(), input.type(), input.key(), publisher);
        nodes.set(0, new Node(0, new Step.SourceStep(supplied), List.of()));
        return new Topology<>(plan.with(nodes), origin);
    }

    /**
     * The same topology with its plan changed: for test kits and executors. It does not know its {@link #origin()}, because other processes would run
     * the plan as it was.
     */
    public Topology<O> rewritten(UnaryOperator<TopologyPlan> change) {
        return new Topology<>(change.apply(plan), null);
    }

    /**
     * The same topology, with an observer beside its runs. Keeps the {@link #origin()}: other processes run the same plan.
     *
     * @throws IllegalStateException if it has an observer already
     */
    public Topology<O> observed(RunObserver observer) {
        return new Topology<>(plan.observed(Objects.requireNonNull(observer, "observer")), origin);
    }

    /** The graph as executors see it. */
    public TopologyPlan plan() {
        return plan;
    }

    /**
     * A hash of the graph: 64 hexadecimal digits (SHA-256) of names, kinds, limits and order of its parts, and of the classes its items may
     * carry. Two processes that share a run compare it before the first item.
     */
    public String fingerprint() {
        return plan.fingerprint();
    }

    /** The graph as text, one line per part. */
    public String describe() {
        return Drawing.text(plan);
    }

    /** The graph in the DOT language of Graphviz. */
    public String toDot() {
        return Drawing.dot(plan);
    }

    /** The graph as a Mermaid flow chart. */
    public String toMermaid() {
        return Drawing.mermaid(plan);
    }

    /** The name. */
    @Override
    public String toString() {
        return "Topology[" + name() + "]";
    }

    private static <P, O> TopologyFactory<P, O> instantiate(Class<? extends TopologyFactory<P, O>> factory) {
        String name = factory.getName();
        if (factory.isHidden() || factory.isSynthetic()) {
            throw unusable(
                    factory,
                    "factory " + name + " is a lambda, which no other process can find by its name: "
                            + "write a named class");
        }
        if (Modifier.isAbstract(factory.getModifiers())) {
            throw unusable(factory, "factory " + name + " is abstract: give the class that extends or implements it");
        }
        try {
            Constructor<? extends TopologyFactory<P, O>> constructor = factory.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw unusable(
                    factory,
                    "factory " + name + " has no constructor without arguments: give it one, "
                            + "make it static if it is a nested class, and pass what it needs as parameters");
        } catch (InvocationTargetException e) {
            throw new TopologyException("the constructor of factory " + name + " threw " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new TopologyException("factory " + name + " cannot be instantiated: " + e, e);
        }
    }

    private static InvalidTopologyException unusable(Class<?> factory, String problem) {
        return new InvalidTopologyException(factory.getSimpleName(), List.of(problem));
    }
}

package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.QueueGauge;
import org.reactortopology.internal.operator.Gate;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import reactor.core.publisher.Flux;

/** Puts the operators of one run together, node by node. Used once. */
final class Assembly {

    private static final int SOURCE_BUFFER = 32;

    private final Part part;
    private final Threads threads;
    private final RunParts run;
    private final ThreadContext context;

    /** Runs the part that this assembly leaves out. */
    private final Function<Flux<Item>, Flux<Item>> hole;

    /** What each node emits; the entry's is what comes in. */
    private final Map<Integer, Flux<Object>> fluxes = new HashMap<>();

    /** Nodes that the first hop has taken in. */
    private final Set<Integer> built = new HashSet<>();

    private final Map<Integer, List<Gate>> gates = new LinkedHashMap<>();
    private final Verbs verbs;
    private final Unwinding unwinding;

    Assembly(Part part, Threads threads, RunParts run, ThreadContext context, Function<Flux<Item>, Flux<Item>> hole) {
        this.part = part;
        this.threads = threads;
        this.run = run;
        this.context = context;
        this.hole = hole;
        this.verbs = new Verbs(part, run.plan());
        this.unwinding = new Unwinding(part.nodes());
    }

    /** Results of all that comes in. */
    Flux<Object> assemble(Flux<Object> in, Function<Object, Item> first, Function<Item, Object> last) {
        planGates();
        Function<Object, Item> entering = part.needsLineage()
                ? input -> {
                    Item item = first.apply(input);
                    return item.withLineage(Lineage.root(item.key(), item.index()));
                }
                : first;
        boolean collects = part.collects();
        Function<Item, Object> leaving = collects ? item -> item : last;
        Flux<Object> source = threads.source(in);
        Optional<Gate> one = oneByOne(collects);
        if (one.isPresent()) {
            source = one.get().guard(source);
        }
        boolean fused = enters(source, entering, leaving);
        if (!fused) {
            publish(part.entry(), source.map(entering));
        }
        for (Node node : part.nodes()) {
            fillHole();
            if (!built.contains(node.id()) && !part.isInsideHop(node.id())) {
                build(node, leaving);
            }
        }
        fillHole();
        if (!collects) {
            Flux<Object> out = flux(part.ends().get(0));
            Flux<Object> results = part.endsInHop() ? out : out.map(item -> last.apply((Item) item));
            return one.map(gate -> results.doOnNext(result -> threads.later(gate::release)))
                    .orElse(results);
        }
        List<Flux<Object>> ends = part.ends().stream().map(this::flux).toList();
        return new Collector(part.order()).collect(ends, Verbs.AHEAD).map(last);
    }

    /** Where a value may come later, an item after it would otherwise be begun; where items are collected, one may have to wait for the next. */
    private Optional<Gate> oneByOne(boolean collects) {
        boolean deferred =
                part.nodes().stream().anyMatch(node -> node.step() instanceof Step.WorkStep work && !Call.fuses(work));
        return threads.oneByOne() && deferred && !collects ? Optional.of(new Gate(1)) : Optional.empty();
    }

    /** Has the slice run by others, once what goes into it is known and before what takes from it is built. */
    private void fillHole() {
        part.hole().ifPresent(slice -> {
            if (fluxes.containsKey(slice.entry()) && !fluxes.containsKey(part.holeExit())) {
                publish(part.holeExit(), hole.apply(itemsOf(slice.entry())).cast(Object.class));
            }
        });
    }

    /** Lets the first hop turn what comes in into items, if nothing else takes it. */
    private boolean enters(Flux<Object> source, Function<Object, Item> entering, Function<Item, Object> leaving) {
        if (!part.startsInHop() || gates.containsKey(part.entry())) {
            return false;
        }
        Node first = part.nodes().get(0);
        Node work = first.step() instanceof Step.QueueStep ? part.nodes().get(1) : first;
        built.add(first.id());
        built.add(work.id());
        // an explicit queue is filled, whatever the source
        hop(work, first.step() instanceof Step.QueueStep ? source.hide() : source, entering, leaving, first);
        return true;
    }

    private void build(Node node, Function<Item, Object> leaving) {
        Step step = node.step();
        if (step instanceof Step.WorkStep) {
            Node input = part.node(node.inputs().get(0));
            Node queue = part.isQueueOf(input, node) ? input : node;
            hop(node, flux(queue.inputs().get(0)), item -> (Item) item, leaving, queue);
        } else if (step instanceof Step.QueueStep queue) {
            if (!part.isQueueOfHop(node)) {
                QueueGauge gauge = run.gauge(part.edge(node.id()), bound(queue));
                publish(node.id(), threads.queue(input(node), bound(queue), gauge));
            }
        } else {
            publish(
                    node.id(),
                    verbs.items(node, node.inputs().stream().map(this::itemsOf).toList())
                            .cast(Object.class));
        }
    }

    /** A hop that begins with that work; {@code from} is the queue before it, or the work itself. */
    private void hop(
            Node work, Flux<Object> in, Function<Object, Item> before, Function<Item, Object> leaving, Node from) {
        List<Segment> segments = part.hop(work);
        int last = segments.get(segments.size() - 1).last().id();
        Function<Item, Object> after = part.endsAt(last) ? leaving : item -> item;
        Hop hop = new Hop(Link.all(segments, run::call), before, after, run.stats(), context);
        run.hop(hop);
        if (!hop.isDirect()) {
            Flux<Object> queued = in;
            if (from.step() instanceof Step.QueueStep queue) {
                queued = threads.queue(in, bound(queue), run.gauge(part.edge(from.id()), bound(queue)));
            }
            publish(last, unwinding.of(last, threads.deferred(queued, hop)));
            return;
        }
        Bound<Object> bound = from.step() instanceof Step.QueueStep queue
                ? bound(queue)
                : Bound.items(run.plan().bufferItems().orElseGet(() -> buffer(work, hop)));
        publish(last, threads.direct(in, hop, bound, run.gauge(part.edge(from.id()), bound)));
    }

    private int buffer(Node work, Hop hop) {
        int twice = 2 * threads.concurrency(hop);
        return work.inputs().get(0) == part.entry() ? Math.max(SOURCE_BUFFER, twice) : twice;
    }

    /** Where items are in order for the last time before a step that needs that, stands a gate. */
    private void planGates() {
        for (Node node : part.nodes()) {
            verbs.gate(node)
                    .ifPresent(gate -> gates.computeIfAbsent(part.lastInOrder(node), id -> new ArrayList<>())
                            .add(gate));
        }
    }

    /** Makes what a node emits known to those that take from it. */
    private void publish(int node, Flux<Object> emitted) {
        Flux<Object> flux = emitted;
        for (Gate gate : gates.getOrDefault(node, List.of())) {
            flux = gate.guard(flux);
        }
        int consumers = part.subscribers(node);
        if (consumers > 1) {
            int forks = part.forks(node);
            if (forks > 0) {
                flux = flux.doOnNext(
                        item -> Objects.requireNonNull(((Item) item).lineage()).fork(forks));
            }
            flux = flux.publish(Verbs.AHEAD).refCount(consumers);
        }
        fluxes.put(node, flux);
    }

    private Flux<Object> input(Node node) {
        return flux(node.inputs().get(0));
    }

    private Flux<Object> flux(int node) {
        return Objects.requireNonNull(
                fluxes.get(node), () -> "node " + node + " is built before those that take from it");
    }

    private Flux<Item> itemsOf(int node) {
        return flux(node).cast(Item.class);
    }

    private static Bound<Object> bound(Step.QueueStep queue) {
        int items = queue.capacity().items();
        if (queue.weigher() == null) {
            return Bound.items(items);
        }
        return new Bound<>(items, queue.maxWeight(), item -> weight(queue, (Item) item));
    }

    private static long weight(Step.QueueStep queue, Item item) {
        return item.value() == null || queue.weigher() == null
                ? 0
                : queue.weigher().applyAsLong(item.value());
    }
}

package org.reactortopology.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.reactortopology.Aggregate;

/**
 * The accumulators of the aggregates of a run. A thread that adds a value takes one that nobody uses, or makes one, and puts it back; so there
 * are as many as threads have added at once.
 */
public final class Partials {

    private final Map<String, Queue<Object>> idle = new LinkedHashMap<>();
    private final Map<String, Aggregate<Object, Object, Object>> aggregates = new LinkedHashMap<>();

    /** Accumulators for the aggregates of the plan; none is made before a value comes. */
    @SuppressWarnings("unchecked") // values of the right stage come
    public Partials(TopologyPlan plan) {
        plan.aggregates().forEach(aggregate -> {
            aggregates.put(aggregate.name(), (Aggregate<Object, Object, Object>) aggregate);
            idle.put(aggregate.name(), new ConcurrentLinkedQueue<>());
        });
    }

    /** Adds a value. */
    public void add(String name, Object value) throws Exception {
        Aggregate<Object, Object, Object> aggregate = known(name);
        Queue<Object> queue = queue(name);
        Object accumulator = queue.poll();
        if (accumulator == null) {
            accumulator = made(aggregate);
        }
        Object next = accumulator;
        try {
            next = aggregate.accumulate().add(accumulator, value);
            if (next == null) {
                throw new NullPointerException("aggregate '" + name + "' returned null for its accumulator");
            }
        } finally {
            queue.add(next == null ? accumulator : next);
        }
    }

    /** Adds an accumulator that came from elsewhere. */
    public void addAccumulator(String name, Object accumulator) {
        queue(name).add(accumulator);
    }

    /** The accumulators of an aggregate combined into one; called when no value is added any more. */
    public Object combined(String name) {
        Aggregate<Object, Object, Object> aggregate = known(name);
        List<Object> all = new ArrayList<>(queue(name));
        Object combined = all.isEmpty() ? made(aggregate) : all.get(0);
        for (Object each : all.subList(Math.min(1, all.size()), all.size())) {
            combined = aggregate.combine().apply(combined, each);
        }
        return combined;
    }

    /** As {@link #combined}; takes the accumulators away, so that what is added afterwards counts anew. Called when no value is being added. */
    public Object takeCombined(String name) {
        Object combined = combined(name);
        queue(name).clear();
        return combined;
    }

    /** Names of the aggregates, in the order of the plan. */
    public List<String> names() {
        return List.copyOf(idle.keySet());
    }

    /** What each aggregate came to. Throws what the user's code does. */
    public Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String name : names()) {
            Object result = known(name).finish().apply(combined(name));
            if (result == null) {
                throw new NullPointerException("aggregate '" + name + "' returned null for its result");
            }
            results.put(name, result);
        }
        return results;
    }

    private static Object made(Aggregate<Object, Object, Object> aggregate) {
        Supplier<?> create = aggregate.create();
        Object made = create.get();
        if (made == null) {
            throw new NullPointerException("aggregate '" + aggregate.name() + "' created null");
        }
        return made;
    }

    private Aggregate<Object, Object, Object> known(String name) {
        Aggregate<Object, Object, Object> aggregate = aggregates.get(name);
        if (aggregate == null) {
            throw new IllegalArgumentException(
                    "there is no aggregate '" + name + "': there are " + aggregates.keySet());
        }
        return aggregate;
    }

    private Queue<Object> queue(String name) {
        Queue<Object> queue = idle.get(name);
        if (queue == null) {
            throw new IllegalArgumentException("there is no aggregate '" + name + "': there are " + idle.keySet());
        }
        return queue;
    }
}

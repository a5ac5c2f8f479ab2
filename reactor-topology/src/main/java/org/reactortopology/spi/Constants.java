package org.reactortopology.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Once;
import org.reactortopology.TopologyException;
import org.reactortopology.Work;

/** What the values that are computed once came to in a run, by name. */
public final class Constants {

    private final Map<String, Object> values;

    private Constants(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Computes those of the plan that are not given.
     *
     * @param skipPerWorker leaves out those that each worker computes for itself
     * @throws TopologyException if one cannot be computed
     */
    public static Constants compute(TopologyPlan plan, Map<String, Object> given, boolean skipPerWorker) {
        Map<String, Object> values = new LinkedHashMap<>(given);
        for (Once<?> once : plan.onces()) {
            if (!values.containsKey(once.name()) && !(skipPerWorker && once.perWorker())) {
                values.put(once.name(), computed(plan, once));
            }
        }
        return new Constants(values);
    }

    private static Object computed(TopologyPlan plan, Once<?> once) {
        Callable<?> supplier = once.supplier();
        try {
            Object value = supplier.call();
            if (value == null) {
                throw new NullPointerException("it returned null");
            }
            return value;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) { // the user's code
            throw new TopologyException(
                    "topology '" + plan.name() + "': the value '" + once.name()
                            + "' that works need could not be computed: " + e,
                    e);
        }
    }

    /** By name, for sending them elsewhere. */
    public Map<String, Object> values() {
        return values;
    }

    /** The value that the work needs; null if it needs none. */
    public @Nullable Object of(Work<?, ?> work) {
        return work.once().map(once -> values.get(once.name())).orElse(null);
    }
}

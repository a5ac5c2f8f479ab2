package org.reactortopology.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Aggregate;
import org.reactortopology.Capacity;
import org.reactortopology.Keyed;
import org.reactortopology.Partitioning;
import org.reactortopology.Work;
import org.reactortopology.WorkKind;
import reactor.core.publisher.Flux;

/** What one node of the graph does. */
public sealed interface Step {

    /** What a work's function is given and what becomes of its result. */
    enum Role {
        /** Value in, next value out. */
        MAP,
        /** {@link Keyed} value in, next value out. */
        KEYED,
        /** Value in, Boolean out: false skips the item. */
        FILTER,
        /** The {@link org.reactortopology.Outcome} of an item that failed in, value out; other items pass. */
        RECOVER,
        /** Value in, route out: the value goes on as {@link Routed}. */
        SELECT,
        /** Value in, result dropped: the item ends here. */
        SINK,
        /** Value in, added to an aggregate's accumulator, and out again. */
        AGGREGATE,
        /** Value in, Boolean out: whether the item leaves the loop. */
        EXIT
    }

    /** A value with the route that it takes at a branch or at the end of a loop. */
    record Routed(Object route, Object value) {}

    /** The source: the one node without inputs. */
    record SourceStep(Source source) implements Step {}

    /**
     * A named work.
     *
     * @param interceptors stand around its calls, the last one outermost; no part of the plan's fingerprint
     */
    record WorkStep(
            String name,
            Work<?, ?> work,
            Role role,
            @Nullable Aggregate<?, ?, ?> aggregate,
            List<WorkInterceptor> interceptors)
            implements Step {
        /** Copies the list. */
        public WorkStep {
            interceptors = List.copyOf(interceptors);
        }

        /** A work without interceptors. */
        public WorkStep(String name, Work<?, ?> work, Role role, @Nullable Aggregate<?, ?, ?> aggregate) {
            this(name, work, role, aggregate, List.of());
        }

        /** A work in any role but {@link Role#AGGREGATE}. */
        public WorkStep(String name, Work<?, ?> work, Role role) {
            this(name, work, role, null);
        }

        /** The same work with one more interceptor around it. */
        public WorkStep intercepted(WorkInterceptor interceptor) {
            List<WorkInterceptor> all = new ArrayList<>(interceptors);
            all.add(interceptor);
            return new WorkStep(name, work, role, aggregate, all);
        }

        /** Whether its result comes by a publisher. */
        public boolean deferred() {
            return work.kind() == WorkKind.ASYNC || interceptors.stream().anyMatch(WorkInterceptor::defers);
        }
    }

    /**
     * An explicit queue between what stands before and after it.
     *
     * @param maxWeight bound of the sum of the weights; {@link Long#MAX_VALUE} without a weigher
     */
    record QueueStep(
            Capacity capacity, long maxWeight, @Nullable ToLongFunction<Object> weigher) implements Step {}

    /** Emits in the order of the source; at most {@code window} items are between where they were in order and here. */
    record OrderedStep(int window) implements Step {}

    /**
     * Makes one item of {@code size} neighbours, every {@code step} items.
     *
     * @param pairs whether the key is {@code first+second} rather than {@code first..last}
     * @param shape makes the value of the values
     */
    record WindowStep(String name, int size, int step, boolean pairs, Function<List<Object>, Object> shape)
            implements Step {}

    /** Turns the iterable that the work before returned into items. {@code childKey} is null for {@code parent/0} and so on. */
    record ExpandStep(String name, @Nullable BiFunction<Object, Long, String> childKey) implements Step {}

    /**
     * Passes on the items that a branch sends this way, without the {@link Routed}.
     *
     * @param takesEnded whether items that ended before the branch take this way
     */
    record RouteStep(Object route, boolean takesEnded) implements Step {}

    /** Puts items of several inputs into one stream. */
    record MergeStep(String name) implements Step {}

    /**
     * Makes one item of the items of each input with the same key, with the list of their values.
     *
     * @param sides a name for each input, for errors
     */
    record JoinStep(String name, List<String> sides) implements Step {
        /** Copies the list. */
        public JoinStep {
            sides = List.copyOf(sides);
        }
    }

    /** Any operator over keyed values. */
    record TransformStep(String name, Function<Flux<Keyed<Object>>, Flux<Keyed<Object>>> operator) implements Step {}

    /** Turns failed items into values (their outcomes); the others end here. */
    record FailuresStep(String name) implements Step {}

    /** Where items enter a loop; at most {@code inFlight} are in it. */
    record LoopStep(String name, int maxRounds, int inFlight) implements Step {}

    /** Where items leave a loop or go round again: stands behind the {@link Role#EXIT} work. */
    record LoopEndStep(String name, int loop) implements Step {}

    /** Where values are told to the {@link RunObserver}, and given back for items that it has refused. Runs in the JVM of the caller. */
    record KeepStep() implements Step {}

    /** Where the slice that workers run begins. */
    record PartitionStep(Partitioning how) implements Step {}

    /** Where the slice that workers run ends. */
    record GatherStep() implements Step {}
}

package org.reactortopology.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import org.reactortopology.Aggregate;

/**
 * Checks that an {@link Aggregate} comes to the same result however lanes and workers share its values: {@code AggregateLaws.of(mean).check(List.of(1.0, 2.5, 4.0))}.
 *
 * <p>The result of one accumulator that gets all values in their order is what every other way is compared with: each order and split of the first few
 * values, then random orders, splits (also with accumulators that got nothing) and ways of combining of all of them. The seed is in the message.
 *
 * <p>Immutable: each setter returns a changed copy.
 *
 * @param <T> type of the values
 * @param <A> type of the accumulators
 * @param <R> type of the result
 */
public final class AggregateLaws<T, A, R> {

    private static final int RANDOM_TRIES = 500;
    private static final int MOST_PARTS = 6;

    /** Values of which every order and split is tried: 4! orders times 2^3 splits. */
    private static final int EXHAUSTIVE = 4;

    private final Aggregate<T, A, R> aggregate;
    private final BiPredicate<? super R, ? super R> same;
    private final long seed;

    private AggregateLaws(Aggregate<T, A, R> aggregate, BiPredicate<? super R, ? super R> same, long seed) {
        this.aggregate = aggregate;
        this.same = Objects.requireNonNull(same, "same");
        this.seed = seed;
    }

    /** Laws of that aggregate, with a random seed; results are compared by equals, arrays by their contents. */
    public static <T, A, R> AggregateLaws<T, A, R> of(Aggregate<T, A, R> aggregate) {
        long random = ThreadLocalRandom.current().nextLong();
        return new AggregateLaws<>(Objects.requireNonNull(aggregate, "aggregate"), Objects::deepEquals, random);
    }

    /** As {@code of(aggregate).check(values)}. */
    public static <T, A, R> void check(Aggregate<T, A, R> aggregate, List<? extends T> values) {
        of(aggregate).check(values);
    }

    /** Sets when two results count as the same: for those of floating point, whose sums depend on the order. */
    public AggregateLaws<T, A, R> comparing(BiPredicate<? super R, ? super R> sameResult) {
        return new AggregateLaws<>(aggregate, sameResult, seed);
    }

    /**
     * Compares results that are a number, or an array of doubles or floats, with a tolerance relative to the larger of 1 and the first result.
     *
     * @throws IllegalArgumentException if {@code tolerance} is negative or no number
     */
    public AggregateLaws<T, A, R> within(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + ": it must be 0 or more");
        }
        return comparing((a, b) -> near(numbers(a), numbers(b), tolerance));
    }

    /** Sets the seed of the random orders and splits. Default: random. */
    public AggregateLaws<T, A, R> seed(long value) {
        return new AggregateLaws<>(aggregate, same, value);
    }

    /**
     * Checks the laws over these values.
     *
     * @throws AssertionError with the split and the way of combining that gives another result
     */
    public void check(List<? extends T> values) {
        R nothing = finished(aggregate.create().get());
        if (nothing == null) {
            throw new AssertionError("aggregate '" + aggregate.name() + "' finishes as null without a value");
        }
        for (int first = 0; first <= Math.min(EXHAUSTIVE, values.size()); first++) {
            List<T> few = List.copyOf(values.subList(0, first));
            orders(few).forEach(order -> splits(order).forEach(parts -> compare(few, parts)));
        }
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            List<T> order = new ArrayList<>(values);
            Collections.shuffle(order, random);
            compare(List.copyOf(values), randomSplit(order, random), random);
        }
    }

    /** Combined from the left, from the right, and with an accumulator that got nothing on either side. */
    private void compare(List<T> values, List<List<T>> parts) {
        R expected = finished(accumulated(values));
        same(expected, fromLeft(parts), values, parts, "from the left");
        same(expected, fromRight(parts), values, parts, "from the right");
        List<List<T>> withEmpty = new ArrayList<>(parts);
        withEmpty.add(0, List.of());
        same(expected, fromLeft(withEmpty), values, withEmpty, "from the left");
        withEmpty.add(List.of());
        same(expected, fromRight(withEmpty), values, withEmpty, "from the right");
    }

    private void compare(List<T> values, List<List<T>> parts, Random random) {
        R expected = finished(accumulated(values));
        List<A> left = new ArrayList<>(parts.stream().map(this::accumulated).toList());
        while (left.size() > 1) {
            A one = left.remove(random.nextInt(left.size()));
            A other = left.remove(random.nextInt(left.size()));
            left.add(aggregate.combine().apply(one, other));
        }
        same(expected, finished(left.get(0)), values, parts, "in random pairs");
    }

    private R fromLeft(List<List<T>> parts) {
        A combined = accumulated(parts.get(0));
        for (List<T> part : parts.subList(1, parts.size())) {
            combined = aggregate.combine().apply(combined, accumulated(part));
        }
        return finished(combined);
    }

    private R fromRight(List<List<T>> parts) {
        A combined = accumulated(parts.get(parts.size() - 1));
        for (int i = parts.size() - 2; i >= 0; i--) {
            combined = aggregate.combine().apply(accumulated(parts.get(i)), combined);
        }
        return finished(combined);
    }

    private A accumulated(List<T> values) {
        A accumulator = aggregate.create().get();
        for (T value : values) {
            try {
                accumulator = aggregate.accumulate().add(accumulator, value);
            } catch (Exception e) {
                throw new AssertionError(
                        "aggregate '" + aggregate.name() + "' cannot add " + ValueText.of(value) + ": " + e, e);
            }
        }
        return accumulator;
    }

    private R finished(A accumulator) {
        return aggregate.finish().apply(accumulator);
    }

    private void same(R expected, R came, List<T> values, List<List<T>> parts, String how) {
        if (!same.test(expected, came)) {
            throw new AssertionError("aggregate '" + aggregate.name() + "' depends on how its values are shared: one"
                    + " accumulator that gets " + ValueText.of(values) + " comes to " + ValueText.of(expected)
                    + ", those of " + ValueText.of(parts) + " combined " + how + " come to " + ValueText.of(came)
                    + " (seed " + seed + ")");
        }
    }

    private List<List<T>> randomSplit(List<T> order, Random random) {
        List<List<T>> parts = new ArrayList<>();
        int number = 1 + random.nextInt(MOST_PARTS);
        for (int i = 0; i < number; i++) {
            parts.add(new ArrayList<>());
        }
        order.forEach(value -> parts.get(random.nextInt(number)).add(value));
        return parts;
    }

    private static <T> List<List<T>> orders(List<T> values) {
        if (values.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (List<T> rest : orders(values.subList(1, values.size()))) {
            for (int at = 0; at <= rest.size(); at++) {
                List<T> order = new ArrayList<>(rest);
                order.add(at, values.get(0));
                orders.add(order);
            }
        }
        return orders;
    }

    /** All ways to cut a list into neighbouring parts: one bit per gap says whether it is cut there. */
    private static <T> List<List<List<T>>> splits(List<T> values) {
        List<List<List<T>>> splits = new ArrayList<>();
        int gaps = Math.max(0, values.size() - 1);
        for (int cuts = 0; cuts < 1 << gaps; cuts++) {
            List<List<T>> parts = new ArrayList<>();
            int from = 0;
            for (int gap = 0; gap < gaps; gap++) {
                if ((cuts & (1 << gap)) != 0) {
                    parts.add(values.subList(from, gap + 1));
                    from = gap + 1;
                }
            }
            parts.add(values.subList(from, values.size()));
            splits.add(parts);
        }
        return splits;
    }

    private static double[] numbers(Object result) {
        if (result instanceof Number number) {
            return new double[] {number.doubleValue()};
        } else if (result instanceof double[] doubles) {
            return doubles;
        } else if (result instanceof float[] floats) {
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
        throw new IllegalArgumentException("within(tolerance) compares numbers and arrays of them, not a "
                + result.getClass().getName() + ": say comparing((a, b) -> …)");
    }

    private static boolean near(double[] a, double[] b, double tolerance) {
        boolean near = a.length == b.length;
        for (int i = 0; near && i < a.length; i++) {
            near = Double.compare(a[i], b[i]) == 0 || Math.abs(a[i] - b[i]) <= tolerance * Math.max(1, Math.abs(a[i]));
        }
        return near;
    }
}

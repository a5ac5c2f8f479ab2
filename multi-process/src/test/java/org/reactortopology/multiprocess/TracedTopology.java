package org.reactortopology.multiprocess;

import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.reactortopology.Partitioning;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.WorkContext;
import reactor.core.publisher.Mono;

/** Numbers whose works take {@link #NANOS} at least. Public because child JVMs build them too. */
public final class TracedTopology implements TopologyFactory<TracedTopology.Params, Long> {

    /** How long each call takes at least. */
    static final long NANOS = 20_000;

    /** Which graph. */
    public enum Shape {
        /** Works before, in and behind the slice. */
        AROUND,
        /** Each becomes two, in the slice. */
        CHILDREN,
        /** Parts in the slice and meets again there. */
        FAN,
        /** One branch goes by the slice, the other through it, and they meet behind. */
        BESIDE
    }

    /** Which graph, over how many numbers from 0. */
    public record Params(Shape shape, long items) {}

    @Override
    public Topology<Long> create(Params params) {
        Stage<Long> numbers = Topology.named("traced").source("numbers", Series.range(0, params.items(), 1));
        Stage<Long> out = switch (params.shape()) {
            case AROUND -> around(numbers);
            case CHILDREN ->
                numbers.flatMap("split", cpu((Long n) -> List.of(busy(n), busy(n))))
                        .map("each", cpu(TracedTopology::busy));
            case FAN -> fan(numbers.map("first", cpu(TracedTopology::busy)));
            case BESIDE -> beside(numbers.map("first", cpu(TracedTopology::busy)));
        };
        return out.build();
    }

    /** Those that end with 3 fail, those that end with 4 and 5 are called twice and three times. */
    private static Stage<Long> around(Stage<Long> numbers) {
        return numbers.map("before", cpu(TracedTopology::busy))
                .partition(Partitioning.ON_DEMAND)
                .map("failing", cpu(n -> {
                    busy(n);
                    return failing(n, n % 10 == 3);
                }))
                .map(
                        "again",
                        cpu((Long n) -> {
                                    busy(n);
                                    return failing(
                                            n,
                                            n % 10 - 3 >= WorkContext.current().attempt() && n % 10 < 6);
                                })
                                .retry(RetryPolicy.failures(2)))
                .map("later", async((Long n) -> Mono.fromCallable(() -> busy(n))))
                .gather()
                .map("behind", cpu(TracedTopology::busy));
    }

    private static Stage<Long> fan(Stage<Long> first) {
        return first.map("left", cpu(TracedTopology::busy))
                .joinByKey("both", first.map("right", cpu(TracedTopology::busy)), (l, r) -> busy(l + r));
    }

    private static Stage<Long> beside(Stage<Long> first) {
        Stage<Long> through = first.partition(Partitioning.ON_DEMAND)
                .map("through", cpu(TracedTopology::busy))
                .gather();
        return through.joinByKey("both", first.map("by", cpu(TracedTopology::busy)), (l, r) -> busy(l + r));
    }

    private static long failing(long n, boolean fails) {
        if (fails) {
            throw new IllegalStateException("no " + n);
        }
        return n;
    }

    private static long busy(long n) {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return n;
    }
}

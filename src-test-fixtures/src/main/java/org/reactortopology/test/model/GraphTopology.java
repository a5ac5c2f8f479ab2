package org.reactortopology.test.model;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactortopology.Aggregate;
import org.reactortopology.Keyed;
import org.reactortopology.Outcome;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.WorkFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The random graph of a seed. Public because child JVMs build it too. */
public final class GraphTopology implements TopologyFactory<GraphSeed, Long> {

    static final int ATTEMPTS = 3;

    static final int BODIES = 4;

    @Override
    public Topology<Long> create(GraphSeed seed) {
        return GraphProgram.of(seed).build();
    }

    static String name(int number, Op op) {
        return "n" + number + "-" + op.verb().name().toLowerCase(java.util.Locale.ROOT);
    }

    static String childKey(Op op, long parent, long ordinal) {
        long last = Values.children(op, parent) > 1 && Values.repeatsKey(op, parent) ? 0 : ordinal;
        return Long.toHexString(parent) + "-" + last;
    }

    static int rounds(Op op) {
        return 1 + op.b() % 5;
    }

    static boolean leaves(Op op, long value) {
        return Values.choice(op.salt() ^ 0x99, value, 3) == 0;
    }

    /** A work of any kind, with any limits that change nothing in what comes of it. */
    static <I> Work<I, Long> work(Op op, WorkFunction<I, Long> function) {
        Work<I, Long> work = switch (op.a() % 4) {
            case 0 -> io(function);
            case 1 -> async(value -> signalled(op, function, value));
            default -> cpu(function);
        };
        Work<I, Long> limited = op.b() % 3 == 0 ? work.concurrency(1 + op.b() % 5) : work;
        return op.b() % 5 == 0 ? limited.timeout(Duration.ofMinutes(5)) : limited;
    }

    private static <I> Mono<Long> signalled(Op op, WorkFunction<I, Long> function, I value) {
        Mono<Long> mono = Mono.fromCallable(() -> function.apply(value));
        return op.b() % 2 == 0 ? mono : mono.subscribeOn(Schedulers.boundedElastic());
    }

    /** Fails for a value until it has been tried as often as the value needs. */
    static Work<Keyed<Long>, Long> retried(Op op) {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        WorkFunction<Keyed<Long>, Long> function = item -> {
            int attempt = attempts.computeIfAbsent(item.key(), key -> new AtomicInteger())
                    .incrementAndGet();
            if (attempt < Values.attempts(op, item.value())) {
                throw new IllegalStateException("attempt " + attempt + " fails");
            }
            return Values.mix(op.salt(), item.value());
        };
        return work(op, function).retry(Retry.max(ATTEMPTS - 1));
    }

    static Aggregate<Long, long[], String> aggregate(int number, Op op) {
        return Aggregate.of(
                name(number, op),
                () -> new long[2],
                (sum, value) -> {
                    if (Values.fails(op, value)) {
                        throw Values.failure(op);
                    }
                    sum[0]++;
                    sum[1] += value;
                    return sum;
                },
                (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]},
                sum -> sum[0] + " " + sum[1]);
    }

    static Work<Outcome<Long>, Long> recovery(Op op) {
        return work(op, outcome -> Values.next(op, Values.hash(outcome.key())));
    }

    static Work<List<Long>, Long> fold(Op op) {
        return cpu(values -> Values.fold(op, values));
    }

    static org.reactortopology.Capacity capacity(Op op) {
        return bounded(1 + op.a() % 9);
    }
}

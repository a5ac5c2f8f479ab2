package org.reactortopology.test;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The topology that the contract runs: numbers through a work of every kind and a queue; {@code (n + 1) * 2}, negated and negated again. Public
 * because child JVMs build it too.
 */
public final class ContractTopology implements TopologyFactory<ContractTopology.Params, Long> {

    /** Message of the failures that {@link Params#failEvery} asks for. */
    public static final String FAILURE = "asked to fail";

    /** Where the numbers come from. */
    public enum From {
        /** A series of so many. */
        SERIES,
        /** A cold publisher of so many. */
        PUBLISHER,
        /** A publisher that emits on a thread of its own. */
        OTHER_THREAD,
        /** A publisher that never ends. */
        ENDLESS,
        /** A publisher that fails after so many. */
        FAILING,
        /** A publisher whose last element has the key of its first. */
        DUPLICATE_KEY,
        /** A publisher whose last element has a blank key. */
        BLANK_KEY
    }

    /** In which way a number that is asked to fail does. */
    public enum How {
        /** An exception in the cpu work. */
        CPU,
        /** A checked exception with a cause, in the io work. */
        IO,
        /** An error signal of the async work. */
        ASYNC,
        /** A null returned by the cpu work. */
        NULL,
        /** An empty publisher returned by the async work. */
        EMPTY,
        /** A stack overflow in the cpu work. */
        OVERFLOW
    }

    /**
     * What is run.
     *
     * @param probe name of the {@link SourceProbe} on publishers
     * @param items how many numbers, from 0
     * @param failEvery a number divisible by this fails; 0 for none
     * @param workMillis how long the cpu work takes
     */
    public record Params(
            String probe,
            From from,
            long items,
            long failEvery,
            How how,
            boolean stopOnFailure,
            Partitioning partitioning,
            long workMillis) {

        /** Numbers that all succeed. */
        public static Params of(String probe, From from, long items) {
            return new Params(probe, from, items, 0, How.CPU, false, Partitioning.ON_DEMAND, 0);
        }

        /** The same, but those divisible by {@code every} fail. */
        public Params failing(long every, How in) {
            return new Params(probe, from, items, every, in, stopOnFailure, partitioning, workMillis);
        }

        /** The same, stopping at the first failure. */
        public Params stopping() {
            return new Params(probe, from, items, failEvery, how, true, partitioning, workMillis);
        }

        /** The same, shared out so. */
        public Params partitioned(Partitioning by) {
            return new Params(probe, from, items, failEvery, how, stopOnFailure, by, workMillis);
        }

        /** The same, with a cpu work that takes so long. */
        public Params working(long millis) {
            return new Params(probe, from, items, failEvery, how, stopOnFailure, partitioning, millis);
        }

        boolean fails(long number, How in) {
            return failEvery > 0 && number % failEvery == 0 && how == in;
        }
    }

    /** What the topology makes of a number. */
    public static long expected(long number) {
        return (number + 1) * 2;
    }

    @Override
    public Topology<Long> create(Params params) {
        return source(params)
                .partition(params.partitioning())
                .map("add", cpu((Long n) -> add(params, n)))
                .map("double", cpu((Long n) -> 2 * n))
                .queue(bounded(4))
                .map("negate", io((Long n) -> negate(params, n)))
                .map("negate-again", async((Long n) -> negateAgain(params, n)))
                .build();
    }

    private static Stage<Long> source(Params params) {
        var builder = Topology.named("contract").stopOnFailure(params.stopOnFailure());
        if (params.from() == From.SERIES) {
            return builder.source("numbers", Series.range(0, params.items(), 1));
        }
        Flux<Long> watched = SourceProbe.named(params.probe()).watch(numbers(params));
        return builder.source("numbers", watched, n -> key(params, n));
    }

    private static Flux<Long> numbers(Params params) {
        Flux<Long> endless = Flux.generate(() -> 0L, (next, sink) -> {
            sink.next(next);
            return next + 1;
        });
        Flux<Long> finite = endless.take(params.items());
        return switch (params.from()) {
            case ENDLESS -> endless;
            case FAILING -> finite.concatWith(Mono.error(new IllegalStateException("the source broke")));
            case OTHER_THREAD -> finite.publishOn(Schedulers.boundedElastic(), 8);
            default -> finite;
        };
    }

    private static String key(Params params, long number) {
        boolean last = number == params.items() - 1;
        if (last && params.from() == From.DUPLICATE_KEY) {
            return "0";
        }
        return last && params.from() == From.BLANK_KEY ? " " : Long.toString(number);
    }

    @SuppressWarnings("NullAway") // a work that breaks the rule is what is asked for
    private static Long add(Params params, long number) throws InterruptedException {
        if (params.workMillis() > 0) {
            Thread.sleep(Duration.ofMillis(params.workMillis()).toMillis());
        }
        if (params.fails(number, How.CPU)) {
            throw new IllegalArgumentException(FAILURE);
        }
        if (params.fails(number, How.OVERFLOW)) {
            return overflow(number);
        }
        return params.fails(number, How.NULL) ? null : Long.valueOf(number + 1);
    }

    private static Long negate(Params params, long doubled) throws java.io.IOException {
        if (params.fails(number(doubled), How.IO)) {
            throw new java.io.IOException(FAILURE, new IllegalStateException("the deeper reason"));
        }
        return -doubled;
    }

    private static Mono<Long> negateAgain(Params params, long negated) {
        if (params.fails(number(-negated), How.ASYNC)) {
            return Mono.error(new IllegalArgumentException(FAILURE));
        }
        return params.fails(number(-negated), How.EMPTY) ? Mono.empty() : Mono.just(-negated);
    }

    private static long number(long doubled) {
        return doubled / 2 - 1;
    }

    @SuppressWarnings("InfiniteRecursion") // what is asked for
    private static long overflow(long number) {
        return 1 + overflow(number + 1);
    }
}

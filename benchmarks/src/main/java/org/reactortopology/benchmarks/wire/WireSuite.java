package org.reactortopology.benchmarks.wire;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.ProcessTree;
import org.reactortopology.benchmarks.harness.Rounds;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Turn;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;
import reactor.core.publisher.Sinks;

/**
 * An echo through one work over one warm worker of one thread, beside a raw socket: whole runs of a topology, from the source to the report. Keys have 12
 * characters, which the raw socket carries too.
 */
public final class WireSuite implements Suite {

    private static final int KEY_BYTES = 12;
    private static final int SMALL = 64;
    private static final int PAGE = 4096;
    private static final long HEAP = 512L * 1024 * 1024;

    private static final Unit MEDIAN = Unit.less("us median");
    private static final Unit P99 = Unit.less("us p99");

    private static final String WORKER = "one worker";
    private static final String BY_HAND = "one worker, encoded by hand";
    private static final String TURNS = "raw socket, one thread";
    private static final String BOTH = "raw socket, two threads";

    @Override
    public void run(Session session) throws Exception {
        boolean brief = session.shortForm();
        try (SocketEcho raw = SocketEcho.start();
                WorkerPool pool =
                        WorkerPool.builder().workers(1).threads(1).heap(HEAP).build()) {
            Load small = session.load("64 B");
            Load page = session.load("4 KiB");
            Load records = session.load("record of 5 fields");
            Load single = session.load("one at a time");
            long items = brief ? 200_000 : 2_000_000;
            long pages = items / 5;
            Rounds rounds = session.byTurns().warmUps(brief ? 1 : 4);
            rounds.turn(small, WORKER, echo(pool, SMALL, items))
                    .turn(small, TURNS, rate(() -> raw.inTurn(KEY_BYTES + SMALL, 5 * items)))
                    .turn(small, BOTH, rate(() -> raw.bothWays(KEY_BYTES + SMALL, 5 * items)));
            if (!brief) {
                rounds.turn(page, WORKER, echo(pool, PAGE, pages))
                        .turn(page, TURNS, rate(() -> raw.inTurn(KEY_BYTES + PAGE, pages)))
                        .turn(page, BOTH, rate(() -> raw.bothWays(KEY_BYTES + PAGE, pages)))
                        .turn(records, WORKER, echo(pool, 0, items / 2))
                        .turn(records, BY_HAND, echo(pool, 0, items / 2, Echoed.ByHand.class));
            }
            int trips = brief ? 2_000 : 20_000;
            rounds.turn(single, WORKER, into -> percentiles(oneAtATime(pool, trips), into))
                    .turn(single, TURNS, into -> percentiles(raw.pingPong(KEY_BYTES + SMALL, trips), into))
                    .run();
            compare(small, page, records, single, brief);
        }
    }

    private static void compare(Load small, Load page, Load records, Load single, boolean brief) {
        small.target(WORKER, Unit.ITEMS_PER_SECOND, Target.atLeast(800_000));
        small.ratio(WORKER, TURNS, Unit.ITEMS_PER_SECOND, Target.atLeast(0.15));
        small.ratio(WORKER, BOTH, Unit.ITEMS_PER_SECOND);
        if (!brief) {
            page.ratio(WORKER, TURNS, Unit.ITEMS_PER_SECOND, Target.atLeast(0.35));
            page.ratio(WORKER, BOTH, Unit.ITEMS_PER_SECOND);
            records.ratio(WORKER, BY_HAND, Unit.ITEMS_PER_SECOND, Target.atLeast(0.5));
        }
        single.ratio(WORKER, TURNS, MEDIAN, Target.atMost(4));
        single.ratio(WORKER, TURNS, P99, Target.atMost(10));
    }

    /** Measures items a second. */
    private interface Rate {
        double measure() throws Exception;
    }

    private static Turn rate(Rate rate) {
        return into -> into.add(Unit.ITEMS_PER_SECOND, rate.measure());
    }

    private static Turn echo(WorkerPool pool, int bytes, long items) {
        return echo(pool, bytes, items, CodecFactory.standard().getClass());
    }

    private static Turn echo(WorkerPool pool, int bytes, long items, Class<? extends CodecFactory> codec) {
        return into -> {
            double before = ProcessTree.own().cpuSeconds();
            into.add(Unit.ITEMS_PER_SECOND, itemsPerSecond(pool, bytes, items, codec));
            double used = ProcessTree.own().cpuSeconds() - before;
            into.add(Unit.CPU_MICROS_PER_ITEM, used * 1e6 / items);
        };
    }

    private static double itemsPerSecond(WorkerPool pool, int bytes, long items, Class<? extends CodecFactory> codec) {
        long start = System.nanoTime();
        RunReport report = MultiProcessExecutor.builder()
                .pool(pool)
                .codec(codec)
                .build()
                .run(Topology.from(Echoed.class, new Echoed.Params(items, bytes)))
                .execute()
                .block();
        if (report == null || report.counts().done() != items) {
            throw new IllegalStateException("not all " + items + " items came back: " + report);
        }
        return items / ((System.nanoTime() - start) / 1e9);
    }

    /** Nanoseconds from handing an item over until its outcome is seen, the next only then; as many before, which are not counted. In ascending order. */
    private static long[] oneAtATime(WorkerPool pool, int items) {
        Thread waiting = Thread.currentThread();
        AtomicLong seen = new AtomicLong();
        Sinks.Many<byte[]> values = Sinks.many().unicast().onBackpressureBuffer();
        values.asFlux()
                .transform(MultiProcessExecutor.builder()
                        .pool(pool)
                        .build()
                        .through(Topology.from(Echoed.FromOutside.class, new Echoed.Params(0, 0))))
                .subscribe(outcome -> {
                    seen.incrementAndGet();
                    LockSupport.unpark(waiting);
                });
        long[] nanos = new long[items];
        for (int i = 0; i < 2 * items; i++) {
            byte[] value = Echoed.FromOutside.value(i, SMALL);
            long start = System.nanoTime();
            values.tryEmitNext(value).orThrow();
            while (seen.get() <= i) {
                LockSupport.park(values);
            }
            nanos[i % items] = System.nanoTime() - start; // the second half writes over the first
        }
        values.tryEmitComplete().orThrow();
        Arrays.sort(nanos);
        return nanos;
    }

    private static void percentiles(long[] ascending, Sample into) {
        into.add(MEDIAN, ascending[ascending.length / 2] / 1e3);
        into.add(P99, ascending[ascending.length * 99 / 100] / 1e3);
    }
}

package org.reactortopology.benchmarks;

import static org.reactortopology.Work.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.reactortopology.Keyed;
import org.reactortopology.Outcome;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;
import reactor.core.Disposable;

/**
 * How long it takes, after {@code kill -9} of a worker under load, until an item that it was busy with is begun in another: with two workers, with one
 * and a warm spare, and with one alone, which must start another. An item takes 20 ms. Four kills in each round.
 */
public final class RedoTime implements Suite {

    private static final int KILLS_A_ROUND = 4;
    private static final Unit MILLIS = Unit.less("ms");
    private static final long HEAP = 128L * 1024 * 1024;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final int UNDER_LOAD = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where works leave a file for each begin: {@code KEY-PID}. */
    public record Params(Path begins, long items) {}

    /** Items that leave a trace and take 20 ms. */
    public static final class Traced implements TopologyFactory<Params, Long> {
        private static final long SLEEP_MILLIS = 20;

        @Override
        public Topology<Long> create(Params params) {
            long pid = ProcessHandle.current().pid();
            return Topology.named("redo")
                    .source("n", Series.range(0, params.items(), 1))
                    .mapKeyed(
                            "trace",
                            io((Keyed<Long> item) -> {
                                        Files.createFile(params.begins().resolve(item.key() + "-" + pid));
                                        TimeUnit.MILLISECONDS.sleep(SLEEP_MILLIS);
                                        return pid;
                                    })
                                    .concurrency(2))
                    .build();
        }
    }

    @Override
    public void run(Session session) throws Exception {
        int kills = session.shortForm() ? 2 : KILLS_A_ROUND * session.rounds();
        Load load = session.load("kill -9 until begun again");
        measure(
                load,
                "two workers",
                kills,
                MultiProcessExecutor.builder().workers(2).threads(1).heap(HEAP));
        try (WorkerPool pool =
                WorkerPool.builder().workers(1).spares(1).threads(1).heap(HEAP).build()) {
            measure(
                    load,
                    "one and a warm spare",
                    kills,
                    MultiProcessExecutor.builder().pool(pool));
        }
        measure(
                load,
                "one worker",
                kills,
                MultiProcessExecutor.builder().workers(1).threads(1).heap(HEAP));
    }

    private static void measure(Load load, String subject, int kills, MultiProcessBuilder settings)
            throws IOException, InterruptedException {
        Path begins = Files.createTempDirectory("redo-");
        Map<String, Long> outcomes = new ConcurrentHashMap<>();
        CountDownLatch ended = new CountDownLatch(1);
        Disposable run = settings.maxRestarts(1000, Duration.ofMinutes(1))
                .build()
                .run(Topology.from(Traced.class, new Params(begins, Integer.MAX_VALUE)))
                .outcomes()
                .ofType(Outcome.Done.class)
                .doFinally(end -> ended.countDown())
                .subscribe(done -> outcomes.put(done.key(), (Long) done.value()));
        for (int i = 0; i < kills; i++) {
            TimeUnit.MILLISECONDS.sleep(WARM.toMillis());
            for (int before = outcomes.size(); outcomes.size() < before + UNDER_LOAD; ) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            load.sample(subject, MILLIS, redo(begins));
        }
        run.dispose();
        ended.await();
        try (Stream<Path> files = Files.walk(begins)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Kills the worker that began last, and looks for the first of its items to be begun by another, whatever of them was done and on its way. */
    private static double redo(Path begins) throws IOException, InterruptedException {
        Set<String> before = names(begins);
        String latest =
                before.stream().max(Comparator.comparingLong(RedoTime::number)).orElseThrow();
        String pid = latest.substring(latest.indexOf('-') + 1);
        Instant killed = Instant.now();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Set<String> now = names(begins);
            for (String name : now) {
                boolean another = !before.contains(name) && !name.endsWith("-" + pid);
                if (another && now.contains(key(name) + "-" + pid)) {
                    Instant begun =
                            Files.getLastModifiedTime(begins.resolve(name)).toInstant();
                    return Duration.between(killed, begun).toNanos() / 1e6;
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("nothing that process " + pid + " had begun was run again within " + PATIENCE);
    }

    private static Set<String> names(Path begins) throws IOException {
        try (Stream<Path> files = Files.list(begins)) {
            Set<String> names = new HashSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static String key(String name) {
        return name.substring(0, name.indexOf('-'));
    }

    private static long number(String name) {
        return Long.parseLong(key(name));
    }
}

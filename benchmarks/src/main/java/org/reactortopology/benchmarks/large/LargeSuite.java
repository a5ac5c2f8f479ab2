package org.reactortopology.benchmarks.large;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Turn;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;
import org.reactortopology.multiprocess.WorkerPoolBuilder;

/**
 * A megabyte of numbers through one worker and back, with and without shared memory, beside the same bytes over a raw socket; and 50 KiB that are computed on for
 * 1 ms, over workers and over as many threads. Workers are warm.
 */
public final class LargeSuite implements Suite {

    private static final long MIB = 1024 * 1024;
    private static final String RAW = "raw socket";
    private static final String CLAIMED = "one worker, shared memory";
    private static final String SOCKET = "one worker, socket";

    @Override
    public void run(Session session) throws Exception {
        megabytes(session);
        for (int threads = 1; threads <= 2; threads++) {
            computed(session, threads);
        }
    }

    private static void megabytes(Session session) throws Exception {
        long items = session.shortForm() ? 1_000 : 6_000;
        Load load = session.load("1 MiB float[] there and back");
        LargeTopology.Params params = LargeTopology.Params.megabyte(items);
        try (Echo raw = Echo.open();
                WorkerPool claimed = pool(1, 1).build();
                WorkerPool socket = pool(1, 1).noClaimCheck().build()) {
            session.byTurns()
                    .warmUps(session.shortForm() ? 1 : 2)
                    .turn(load, RAW, into -> {
                        double seconds = RawEcho.seconds(raw.channel(), items * MIB);
                        into.add(Unit.ITEMS_PER_SECOND, items / seconds);
                    })
                    .turn(load, CLAIMED, turn(over(claimed), params))
                    .turn(load, SOCKET, turn(over(socket), params))
                    .run();
        }
        load.ratio(CLAIMED, RAW, Unit.ITEMS_PER_SECOND, Target.atLeast(1.2));
        load.ratio(SOCKET, RAW, Unit.ITEMS_PER_SECOND, Target.atLeast(0.6));
    }

    private static void computed(Session session, int workers) throws Exception {
        long items = (session.shortForm() ? 500L : 3_000L) * workers;
        int warmUps = session.shortForm() ? 1 : 4; // the compilers of all JVMs share the processors with the work
        String threads = workers == 1 ? "1 thread" : workers + " threads";
        String processes = workers == 1 ? "1 worker" : workers + " workers";
        Load load = session.load("50 KiB, 1 ms of CPU, 2 KiB back, " + threads);
        LargeTopology.Params params = LargeTopology.Params.computed(items);
        try (WorkerPool pool = pool(workers, 1).build()) {
            session.byTurns()
                    .warmUps(warmUps)
                    .turn(load, threads, turn(ParallelExecutor.threads(workers), params))
                    .turn(load, processes, turn(over(pool), params))
                    .run();
        }
        load.ratio(processes, threads, Unit.ITEMS_PER_SECOND, Target.atLeast(0.95));
    }

    private static WorkerPoolBuilder pool(int workers, int threads) {
        return WorkerPool.builder().workers(workers).threads(threads).heap(512 * MIB);
    }

    private static TopologyExecutor over(WorkerPool pool) {
        return MultiProcessExecutor.builder().pool(pool).build();
    }

    private static Turn turn(TopologyExecutor executor, LargeTopology.Params params) {
        return into -> {
            Topology<Object> topology = Topology.from(LargeTopology.class, params);
            long start = System.nanoTime();
            RunReport report =
                    Objects.requireNonNull(executor.run(topology).execute().block());
            double seconds = (System.nanoTime() - start) / 1e9;
            if (report.counts().done() != params.items()) {
                throw new IllegalStateException("the run went wrong: " + report.summary());
            }
            into.add(Unit.ITEMS_PER_SECOND, params.items() / seconds);
        };
    }

    /** The other JVM of the raw echo, and the way to it. */
    private record Echo(Process process, SocketChannel channel, Path directory) implements AutoCloseable {

        static Echo open() throws IOException {
            Path directory = Files.createTempDirectory("raw-echo-");
            Path socket = directory.resolve("s");
            Process process = new ProcessBuilder(JvmCommand.main(RawEcho.class)
                            .arguments(socket.toString())
                            .line())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (process.getInputStream().read() < 0) {
                    throw new IOException("the other JVM ended at once");
                }
                return new Echo(process, SocketChannel.open(UnixDomainSocketAddress.of(socket)), directory);
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            process.onExit().join();
            Files.deleteIfExists(directory.resolve("s"));
            Files.delete(directory);
        }
    }
}

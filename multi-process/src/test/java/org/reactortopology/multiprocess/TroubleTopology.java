package org.reactortopology.multiprocess;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Numbers, of which one makes trouble in the worker. */
final class TroubleTopology implements TopologyFactory<TroubleTopology.Params, Object> {

    /** What number 5 does, or the factory. */
    enum Trouble {
        NONE,
        /** Ends the worker with exit code 7. */
        HALT,
        /** Kills the worker with SIGKILL. */
        SIGKILL,
        /** Returns a value of a class that the topology does not name. */
        UNKNOWN_CLASS,
        /** Returns a value of 2 MiB. */
        LARGE_VALUE,
        /** The source emits a value of a class that the topology does not name. */
        UNKNOWN_SOURCE_CLASS,
        /** The source emits a value of 2 MiB. */
        LARGE_ITEM,
        /** Never returns. */
        HANG,
        /** The factory throws in the worker. */
        FACTORY_THROWS,
        /** The factory builds another graph in the worker. */
        OTHER_GRAPH,
        /** The factory never returns in the worker. */
        FACTORY_HANGS
    }

    /**
     * What is run.
     *
     * @param coordinatorPid tells the factory on which side it is
     */
    record Params(Trouble trouble, long items, long coordinatorPid) {
        static Params of(Trouble trouble, long items) {
            return new Params(trouble, items, ProcessHandle.current().pid());
        }

        boolean inWorker() {
            return ProcessHandle.current().pid() != coordinatorPid;
        }
    }

    /** Not named by the topology. */
    record Unnamed(int number) {}

    static final int LARGE = 2 * 1024 * 1024;

    @Override
    public Topology<Object> create(Params params) {
        String work = "work";
        if (params.inWorker()) {
            switch (params.trouble()) {
                case FACTORY_THROWS -> throw new IllegalStateException("no licence on this machine");
                case OTHER_GRAPH -> work = "another work";
                case FACTORY_HANGS -> hang();
                default -> {}
            }
        }
        Series<Long> numbers = Series.range(0, params.items(), 1);
        return Topology.named("trouble")
                .source("numbers", new EmittedSeries(params, numbers))
                .map(work, cpu((Object value) -> value instanceof Long number ? run(params, number) : value))
                .build();
    }

    private static Object emitted(Params params, long number) {
        if (number == 5 && params.trouble() == Trouble.UNKNOWN_SOURCE_CLASS) {
            return new Unnamed(5);
        }
        return number == 5 && params.trouble() == Trouble.LARGE_ITEM ? new byte[LARGE] : number;
    }

    private static Object run(Params params, long number) throws IOException, InterruptedException {
        if (number != 5) {
            return number;
        }
        switch (params.trouble()) {
            case HALT -> {
                System.out.println("about to halt");
                Runtime.getRuntime().halt(7);
            }
            case SIGKILL -> {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
                hang();
            }
            case HANG -> hang();
            case UNKNOWN_CLASS -> {
                return new Unnamed(5);
            }
            case LARGE_VALUE -> {
                return new byte[LARGE];
            }
            default -> {}
        }
        return number;
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The numbers, one of them replaced by what makes trouble. */
    private record EmittedSeries(Params params, Series<Long> numbers) implements Series<Object> {
        @Override
        public long size() {
            return numbers.size();
        }

        @Override
        public String keyAt(long index) {
            return numbers.keyAt(index);
        }

        @Override
        public Object valueAt(long index) {
            return emitted(params, numbers.valueAt(index));
        }

        @Override
        public String describe() {
            return numbers.describe();
        }
    }
}

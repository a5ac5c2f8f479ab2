package org.reactortopology.benchmarks.large;

import static org.reactortopology.Work.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Items of a given size through one work. Every item is the same object, so that none costs anything to make. */
public final class LargeTopology implements TopologyFactory<LargeTopology.Params, Object> {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * What goes through.
     *
     * @param floats length of a {@code float[]} that is sent, or 0 for a {@code byte[]}
     * @param bytes length of that
     * @param answer length of the {@code byte[]} that is answered, or 0 to answer what came
     * @param micros CPU time that the work takes
     */
    public record Params(long items, int floats, int bytes, int answer, long micros) {

        /** A megabyte of numbers, sent back as it is. */
        static Params megabyte(long items) {
            return new Params(items, 256 * 1024, 0, 0, 0);
        }

        /** 50 KiB that are computed on for 1 ms and answered by 2 KiB. */
        static Params computed(long items) {
            return new Params(items, 0, 50 * 1024, 2 * 1024, 1000);
        }
    }

    @Override
    public Topology<Object> create(Params params) {
        Object value = params.floats() > 0 ? new float[params.floats()] : new byte[params.bytes()];
        return Topology.named("large")
                .source("same", new Repeated(value, params.items()))
                .map("answer", cpu(in -> answer(in, params)))
                .build();
    }

    private static Object answer(Object in, Params params) {
        if (params.micros() > 0) {
            burn(params.micros() * 1000);
        }
        return params.answer() > 0 ? new byte[params.answer()] : in;
    }

    /** By the thread's own CPU time, which goes on only while a core is there for it. */
    private static void burn(long nanos) {
        long end = THREADS.getCurrentThreadCpuTime() + nanos;
        long mixed = end;
        do {
            for (int i = 0; i < 1000; i++) {
                mixed = mixed * 6364136223846793005L + 1442695040888963407L;
            }
        } while (THREADS.getCurrentThreadCpuTime() < end || mixed == 0);
    }

    private record Repeated(Object value, long size) implements Series<Object> {

        /** Keys have 12 characters. */
        private static final long FIRST_KEY = 100_000_000_000L;

        @Override
        public String keyAt(long index) {
            return Long.toString(FIRST_KEY + index);
        }

        @Override
        public Object valueAt(long index) {
            return value;
        }

        @Override
        public String describe() {
            return "the same value " + size + " times";
        }
    }
}

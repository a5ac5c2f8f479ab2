package org.reactortopology.benchmarks.scale;

import static org.reactortopology.Work.cpu;

import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Byte arrays through one work that hands them back. */
public final class Blocks implements TopologyFactory<Blocks.Params, byte[]> {

    private static final long FIRST_KEY = 100_000_000_000L;

    /**
     * How many of which size.
     *
     * @param items arrays, all the same one
     * @param bytes of each
     */
    public record Params(long items, int bytes) {}

    @Override
    public Topology<byte[]> create(Params params) {
        return Topology.named("blocks")
                .source("block", new Same(params.items(), new byte[params.bytes()]))
                .map("back", cpu((byte[] block) -> block))
                .build();
    }

    /** So many of that size. */
    public static Topology<byte[]> topology(long items, int bytes) {
        return Topology.from(Blocks.class, new Params(items, bytes));
    }

    /** One array again and again, under keys of twelve characters. */
    private record Same(long size, byte[] block) implements Series<byte[]> {
        @Override
        public String keyAt(long index) {
            return Long.toString(FIRST_KEY + index);
        }

        @Override
        public byte[] valueAt(long index) {
            return block;
        }

        @Override
        public String describe() {
            return size + " blocks of " + block.length + " bytes";
        }
    }
}

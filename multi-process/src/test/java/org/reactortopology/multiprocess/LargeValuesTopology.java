package org.reactortopology.multiprocess;

import static org.reactortopology.Work.cpu;

import java.util.Arrays;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Arrays of many sizes, alone and in records, that come back with 1 added to each number. */
public final class LargeValuesTopology
        implements TopologyFactory<LargeValuesTopology.Params, LargeValuesTopology.Field> {

    /** Item n has {@code step * n} numbers; 100 000 if the step is 0. */
    public record Params(long items, int step) {}

    /** An array with a name. */
    public record Field(String name, float[] data) {}

    @Override
    public Topology<Field> create(Params params) {
        return Topology.named("large values")
                .types(Field.class)
                .source("sizes", new Sizes(params.items(), params.step()))
                .map("add", cpu(LargeValuesTopology::added))
                .build();
    }

    /** What comes of item n. */
    static Field expected(long n, Params params) {
        return added(new Sizes(params.items(), params.step()).valueAt(n));
    }

    private static Field added(Object in) {
        float[] data = in instanceof Field field ? field.data() : (float[]) in;
        float[] out = new float[data.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = data[i] + 1;
        }
        return new Field(in instanceof Field field ? field.name() : "alone", out);
    }

    private record Sizes(long size, int step) implements Series<Object> {
        @Override
        public String keyAt(long index) {
            return Long.toString(index);
        }

        @Override
        public Object valueAt(long index) {
            float[] data = new float[step == 0 ? 100_000 : (int) index * step];
            Arrays.fill(data, index);
            return index % 2 == 0 ? data : new Field("field " + index, data);
        }

        @Override
        public String describe() {
            return size + " arrays, each longer by " + step;
        }
    }
}

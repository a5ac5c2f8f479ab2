package org.reactortopology.job.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.job.JobException;

class ParametersTest {

    enum Peak {
        GAUSS,
        CENTROID {
            @Override
            public String toString() {
                return "middle";
            }
        }
    }

    record Size(int width, int height) {
        boolean isSquare() {
            return width == height;
        }

        int getArea() {
            return width * height;
        }
    }

    record Everything(
            Path images,
            String name,
            int window,
            long seed,
            double overlap,
            boolean save,
            Duration timeout,
            Peak peak,
            List<Size> sizes,
            List<Path> more,
            Optional<Size> mask,
            Optional<Path> log,
            OptionalInt limit,
            Map<String, Integer> weights,
            float[] kernel) {
        boolean isEmpty() {
            return sizes.isEmpty();
        }
    }

    private static Everything everything(Optional<Size> mask, Map<String, Integer> weights) {
        return new Everything(
                Path.of("data/a b"),
                "name",
                32,
                Long.MAX_VALUE,
                0.1,
                true,
                Duration.ofMillis(1500),
                Peak.CENTROID,
                List.of(new Size(1, 2), new Size(3, 3)),
                List.of(Path.of("/x")),
                mask,
                Optional.of(Path.of("log")),
                OptionalInt.of(4),
                weights,
                new float[] {0.5f});
    }

    abstract static class Base<A, B> implements TopologyFactory<B, A> {
        @Override
        public Topology<A> create(B params) {
            throw new UnsupportedOperationException();
        }
    }

    static class Factory extends Base<Long, Everything> {}

    static class ListFactory implements TopologyFactory<List<Size>, Long> {
        @Override
        public Topology<Long> create(List<Size> params) {
            return Topology.named("t").source("s", Series.range(0, 1, 1)).build();
        }
    }

    @Test
    void parametersComeBackAsTheyWere() {
        Everything params = everything(Optional.of(new Size(8, 9)), Map.of("a", 1));

        Object back = Parameters.fromJson(Factory.class, Parameters.toJson(params));

        assertThat(back).usingRecursiveComparison().isEqualTo(params);
        assertThat(((Everything) back).sizes().get(0)).isInstanceOf(Size.class);
        assertThat(back).isInstanceOf(Everything.class);
    }

    @Test
    void theJsonIsWhatAPersonWouldWrite() {
        assertThat(Parameters.toJson(everything(Optional.empty(), new TreeMap<>(Map.of("b", 2, "a", 1)))))
                .isEqualTo("{\"images\":\"data/a b\",\"name\":\"name\",\"window\":32,\"seed\":9223372036854775807,"
                        + "\"overlap\":0.1,\"save\":true,\"timeout\":\"PT1.5S\",\"peak\":\"CENTROID\","
                        + "\"sizes\":[{\"width\":1,\"height\":2},{\"width\":3,\"height\":3}],\"more\":[\"/x\"],"
                        + "\"mask\":null,\"log\":\"log\",\"limit\":4,\"weights\":{\"a\":1,\"b\":2},\"kernel\":[0.5]}");
    }

    @Test
    void missingOptionalsAreEmpty() {
        String json = "{\"images\":\"d\",\"name\":\"n\",\"window\":1,\"seed\":1,\"overlap\":1,\"save\":true,"
                + "\"timeout\":\"PT1S\",\"peak\":\"GAUSS\",\"sizes\":[],\"more\":[],\"weights\":{},\"kernel\":[]}";
        Everything params = (Everything) Parameters.fromJson(Factory.class, json);
        assertThat(params.mask()).isEmpty();
        assertThat(params.limit()).isEmpty();
        assertThat(params.timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void genericAndPlainTypesAreFoundToo() {
        List<Size> sizes = List.of(new Size(1, 2));
        assertThat(Parameters.fromJson(ListFactory.class, Parameters.toJson(sizes)))
                .isEqualTo(sizes);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Parameters.fromJson(ListFactory.class, "[{\"width\":1,\"height\":2,\"depth\":3}]"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("depth")
                .hasMessageContaining("ListFactory");
        assertThatThrownBy(() -> Parameters.fromJson(ListFactory.class, "[{\"width\":null,\"height\":2}]"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("null");
        assertThatThrownBy(() -> Parameters.fromJson(ListFactory.class, "null"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("parameters are null");
        assertThatThrownBy(() -> Parameters.fromJson(ListFactory.class, "[{"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("no JSON");
        assertThatThrownBy(() -> Parameters.typeOf(String.class))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("java.lang.String is no TopologyFactory");
        record Bad(Object loop) {}
        Object[] loop = new Object[1];
        loop[0] = loop;
        assertThatThrownBy(() -> Parameters.toJson(new Bad(loop)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("make them a record of simple values");
    }
}

package org.reactortopology.benchmarks.peers;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of Flink in this JVM, with two slots. Objects are reused and operators chained, which its makers found to be what most users miss (<a
 * href="https://cwiki.apache.org/confluence/pages/viewpage.action?pageId=71012982">FLIP-21</a>), and buffers are sent when they are full, which favours
 * throughput (<a href="https://issues.apache.org/jira/browse/FLINK-24465">FLINK-24465</a>).
 */
final class FlinkMiniCluster implements Subject {

    private static final String COUNT = "count";
    private static final String SUM = "sum";

    private final Form form;
    private @Nullable MiniCluster cluster;

    /** How it joins. */
    enum Form {
        /** Both results of a work go through a shuffle. */
        SHUFFLED,
        /** Numbers are shuffled once, before the works, which keep the partition. */
        PARTITIONED_ONCE
    }

    FlinkMiniCluster(Form form) {
        this.form = form;
    }

    @Override
    public void start() throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(PARALLELISM)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    @Override
    public Total run(PeerLoad load, int items) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(PARALLELISM);
        results(load, environment.fromSequence(0, items - 1L))
                .map(new Summing())
                .returns(Types.LONG)
                .sinkTo(new DiscardingSink<>());
        JobExecutionResult result =
                running().executeJobBlocking(environment.getStreamGraph().getJobGraph());
        return new Total(result.<Long>getAccumulatorResult(COUNT), result.<Long>getAccumulatorResult(SUM));
    }

    private DataStream<Long> results(PeerLoad load, DataStream<Long> numbers) {
        return switch (load) {
            case NO_OP ->
                numbers.map(Works::same)
                        .returns(Types.LONG)
                        .map(Works::same)
                        .returns(Types.LONG)
                        .map(Works::same)
                        .returns(Types.LONG)
                        .map(Works::same)
                        .returns(Types.LONG);
            case SMALL -> numbers.map(Works::small).returns(Types.LONG);
            case SKEWED -> numbers.map(Works::skewed).returns(Types.LONG);
            case JOIN -> joined(numbers);
        };
    }

    private DataStream<Long> joined(DataStream<Long> numbers) {
        boolean shuffled = form == Form.SHUFFLED;
        DataStream<Long> source = shuffled ? numbers : numbers.keyBy(item -> item, Types.LONG);
        DataStream<Tuple2<Long, Long>> left =
                source.map(item -> Tuple2.of(item, Works.left(item))).returns(Types.TUPLE(Types.LONG, Types.LONG));
        DataStream<Tuple2<Long, Long>> right =
                source.map(item -> Tuple2.of(item, Works.right(item))).returns(Types.TUPLE(Types.LONG, Types.LONG));
        return keyed(left, shuffled).connect(keyed(right, shuffled)).process(new Joining(), Types.LONG);
    }

    private static KeyedStream<Tuple2<Long, Long>, Long> keyed(DataStream<Tuple2<Long, Long>> parts, boolean shuffled) {
        return shuffled
                ? parts.keyBy(part -> part.f0, Types.LONG)
                : DataStreamUtils.reinterpretAsKeyedStream(parts, part -> part.f0, Types.LONG);
    }

    /** Waits for the second part of a key. */
    private static final class Joining
            extends KeyedCoProcessFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>, Long> {

        private static final long serialVersionUID = 1;

        private transient @Nullable ValueState<Long> waiting;

        @Override
        public void open(OpenContext context) {
            waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", Types.LONG));
        }

        @Override
        public void processElement1(Tuple2<Long, Long> part, Context context, Collector<Long> results)
                throws Exception {
            join(part, results);
        }

        @Override
        public void processElement2(Tuple2<Long, Long> part, Context context, Collector<Long> results)
                throws Exception {
            join(part, results);
        }

        private void join(Tuple2<Long, Long> part, Collector<Long> results) throws Exception {
            ValueState<Long> state = waiting;
            if (state == null) {
                throw new IllegalStateException("not opened");
            }
            Long other = state.value();
            if (other == null) {
                state.update(part.f1);
            } else {
                state.clear();
                results.collect(other + part.f1);
            }
        }
    }

    /** Adds up what passes. */
    private static final class Summing extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1;

        private final LongCounter count = new LongCounter();
        private final LongCounter sum = new LongCounter();

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().addAccumulator(COUNT, count);
            getRuntimeContext().addAccumulator(SUM, sum);
        }

        @Override
        public Long map(Long value) {
            count.add(1L);
            sum.add(value.longValue());
            return value;
        }
    }

    private MiniCluster running() {
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }

    @Override
    public void close() throws Exception {
        running().close();
    }
}

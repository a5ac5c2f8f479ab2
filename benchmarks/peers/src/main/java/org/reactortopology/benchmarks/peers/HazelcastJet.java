package org.reactortopology.benchmarks.peers;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.datamodel.Tuple2;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One embedded member with two threads for cooperative processors. Jobs are light ones, made for a quick start (<a
 * href="https://docs.hazelcast.org/docs/latest/javadoc/com/hazelcast/jet/JetService.html">JetService.newLightJob</a>); order is not kept (<a
 * href="https://docs.hazelcast.org/docs/5.2.5/javadoc/com/hazelcast/jet/pipeline/Pipeline.html">Pipeline.setPreserveOrder</a>). A cooperative processor
 * should not hold its thread for more than a millisecond (<a
 * href="https://docs.hazelcast.org/docs/jet/0.3.1/manual/Understanding_Jet_Architecture_and_API/Processor/Cooperative_Multithreading.html">Cooperative
 * Multithreading</a>), so long works are also run by a service with two threads of its own.
 */
final class HazelcastJet implements Subject {

    private static final String RESULTS = "results";
    private static final int AT_ONCE = 16;

    private final Form form;
    private @Nullable HazelcastInstance member;

    /** How it runs a long work, and a join. */
    enum Form {
        /** In the threads of the engine; a join by co-grouping. */
        ENGINE,
        /** In a service with two threads of its own, asynchronously; a join by state for each key. */
        SERVICE
    }

    HazelcastJet(Form form) {
        this.form = form;
    }

    @Override
    public void start() {
        System.setProperty("hazelcast.logging.type", "none");
        Config config = new Config();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(PARALLELISM);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        member = Hazelcast.newHazelcastInstance(config);
    }

    @Override
    public Total run(PeerLoad load, int items) {
        HazelcastInstance running = running();
        Pipeline pipeline = Pipeline.create();
        pipeline.setPreserveOrder(false);
        BatchStage<Long> numbers = pipeline.readFrom(numbers(items)).setLocalParallelism(PARALLELISM);
        results(load, numbers).aggregate(sum()).writeTo(Sinks.list(RESULTS));
        List<Total> results = running.getList(RESULTS);
        running.getJet().newLightJob(pipeline).join();
        Total total = results.stream().reduce(new Total(), Total::combine);
        results.clear();
        return total;
    }

    private BatchStage<Long> results(PeerLoad load, BatchStage<Long> numbers) {
        return switch (load) {
            case NO_OP ->
                numbers.map(Works::same).map(Works::same).map(Works::same).map(Works::same);
            case SMALL, SKEWED -> heavy(load, numbers);
            case JOIN -> joined(numbers);
        };
    }

    private BatchStage<Long> heavy(PeerLoad load, BatchStage<Long> numbers) {
        if (form == Form.ENGINE) {
            return numbers.map(item -> Works.heavy(load, item));
        }
        return numbers.mapUsingServiceAsync(
                ServiceFactories.sharedService(
                        context -> Executors.newFixedThreadPool(PARALLELISM), ExecutorService::shutdown),
                AT_ONCE,
                false,
                (threads, item) -> CompletableFuture.supplyAsync(() -> Works.heavy(load, item), threads));
    }

    private BatchStage<Long> joined(BatchStage<Long> numbers) {
        BatchStage<Tuple2<Long, Long>> left = numbers.map(item -> Tuple2.tuple2(item, Works.left(item)));
        BatchStage<Tuple2<Long, Long>> right = numbers.map(item -> Tuple2.tuple2(item, Works.right(item)));
        if (form == Form.SERVICE) {
            return left.merge(right)
                    .groupingKey(Tuple2::f0)
                    .mapStateful(() -> new long[] {-1}, (state, key, part) -> second(state, part.f1()));
        }
        return left.groupingKey(Tuple2::f0)
                .aggregate2(
                        AggregateOperations.summingLong(Tuple2<Long, Long>::f1),
                        right.groupingKey(Tuple2::f0),
                        AggregateOperations.summingLong(Tuple2<Long, Long>::f1))
                .map(both -> both.getValue().f0() + both.getValue().f1());
    }

    /** The sum of both values when the second comes, nothing for the first. */
    private static @Nullable Long second(long[] state, long value) {
        if (state[0] < 0) {
            state[0] = value;
            return null;
        }
        return state[0] + value;
    }

    private static AggregateOperation1<Long, Total, Total> sum() {
        return AggregateOperation.withCreate(Total::new)
                .<Long>andAccumulate((total, value) -> total.add(value))
                .andCombine((total, other) -> total.combine(other))
                .andExportFinish(total -> total);
    }

    private static BatchSource<Long> numbers(int items) {
        return Sources.batchFromProcessor(
                "numbers",
                ProcessorMetaSupplier.of(PARALLELISM, ProcessorSupplier.of(() -> new NumbersProcessor(items))));
    }

    /** Emits the share of one processor. */
    private static final class NumbersProcessor extends AbstractProcessor {

        private final int items;
        private @Nullable Traverser<Long> traverser;

        NumbersProcessor(int items) {
            this.items = items;
        }

        @Override
        protected void init(Context context) {
            Numbers share = Numbers.share(items, context.globalProcessorIndex(), context.totalParallelism());
            traverser = () -> share.hasNext() ? share.next() : null;
        }

        @Override
        public boolean complete() {
            return traverser == null || emitFromTraverser(traverser);
        }
    }

    private HazelcastInstance running() {
        if (member == null) {
            throw new IllegalStateException("not started");
        }
        return member;
    }

    @Override
    public void close() {
        running().shutdown();
    }
}

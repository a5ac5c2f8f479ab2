package org.reactortopology.internal.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.QueueDepth;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Partials;
import org.reactortopology.spi.Slice;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import org.reactortopology.spi.WorkWatch;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs a part of a plan on some threads: computes what is computed once, then puts the operators together and lets items in. */
public final class GraphEngine implements SliceEngine {

    private final TopologyPlan plan;
    private final WorkStats stats;
    private final Part part;
    private final Threads threads;
    private final Function<Flux<Item>, Flux<Item>> hole;
    private final Map<String, Object> given;
    private final @Nullable WorkWatch watch;
    private final Partials partials;

    /** Written when the run is put together, read by anyone. */
    private volatile @Nullable RunParts parts;

    private GraphEngine(TopologyPlan plan, WorkStats stats, Setting setting) {
        this.plan = plan;
        this.stats = stats;
        this.part = setting.part();
        this.threads = setting.threads();
        this.hole = setting.hole();
        this.given = setting.given();
        this.watch = setting.watch();
        this.partials = new Partials(plan);
    }

    /**
     * What of a plan runs where.
     *
     * @param hole runs what the part leaves out
     * @param given values that works need, by name
     * @param watch told of calls under deadlines
     */
    private record Setting(
            Part part,
            Threads threads,
            Function<Flux<Item>, Flux<Item>> hole,
            Map<String, Object> given,
            @Nullable WorkWatch watch) {
        Setting(Part part, Threads threads, Map<String, Object> given, @Nullable WorkWatch watch) {
            this(part, threads, items -> items, given, watch);
        }

        static Setting whole(TopologyPlan plan, Threads threads) {
            return new Setting(Part.whole(plan), threads, Map.of(), null);
        }
    }

    /** All works, on one thread of its own. */
    public static GraphEngine sequential(TopologyPlan plan, WorkStats stats) {
        return new GraphEngine(plan, stats, Setting.whole(plan, OneThread.ofItsOwn()));
    }

    /** All works, on the thread that asks. */
    public static GraphEngine immediate(TopologyPlan plan, WorkStats stats) {
        return new GraphEngine(plan, stats, Setting.whole(plan, OneThread.ofTheCaller()));
    }

    /** All works, on lanes. */
    public static GraphEngine parallel(TopologyPlan plan, WorkStats stats, int threads) {
        return new GraphEngine(plan, stats, Setting.whole(plan, new LaneThreads(plan, threads)));
    }

    /** The works of the slice, on lanes. */
    public static GraphEngine slice(
            TopologyPlan plan, WorkStats stats, int threads, Map<String, Object> given, @Nullable WorkWatch watch) {
        Part part = Part.slice(plan, slice(plan));
        return new GraphEngine(plan, stats, new Setting(part, new LaneThreads(plan, threads), given, watch));
    }

    /** The works around the slice, on lanes. */
    public static GraphEngine around(
            TopologyPlan plan,
            WorkStats stats,
            int threads,
            Map<String, Object> given,
            Function<Flux<Item>, Flux<Item>> slice) {
        Part part = Part.around(plan, slice(plan));
        return new GraphEngine(plan, stats, new Setting(part, new LaneThreads(plan, threads), slice, given, null));
    }

    private static Slice slice(TopologyPlan plan) {
        return plan.slice()
                .orElseThrow(() -> new IllegalArgumentException("topology '" + plan.name() + "' has no slice"));
    }

    @Override
    public <A, R> Flux<R> run(Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        return Flux.deferContextual(context -> {
            // taken here, on the thread of the subscriber
            ThreadContext captured = ThreadContext.capture(context);
            return run(in, first, last, captured);
        });
    }

    private <A, R> Flux<R> run(
            Flux<A> in,
            Function<? super A, Item> first,
            Function<? super Item, ? extends R> last,
            ThreadContext context) {
        TopologyPlan works = plan.with(part.nodes()); // what only works elsewhere need is not computed here
        boolean computes = works.onces().stream().anyMatch(once -> !given.containsKey(once.name()));
        if (!computes) {
            return assembled(in, first, last, Constants.compute(works, given, false), context);
        }
        // values that works need may take their time, or read a file
        return Mono.fromCallable(() -> Constants.compute(works, given, false))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapMany(constants -> assembled(in, first, last, constants, context));
    }

    @SuppressWarnings("unchecked") // what comes in is given to first, and what last makes goes out
    private <A, R> Flux<R> assembled(
            Flux<A> in,
            Function<? super A, Item> first,
            Function<? super Item, ? extends R> last,
            Constants constants,
            ThreadContext context) {
        RunParts run = new RunParts(plan, stats, constants, partials, watch);
        parts = run;
        Assembly assembly = new Assembly(part, threads, run, context, hole);
        return LateError.of((Flux<Object>) in, arrivals -> (Flux<R>) assembly.assemble(
                arrivals, (Function<Object, Item>) first, item -> Objects.requireNonNull(last.apply(item))));
    }

    @Override
    public List<QueueDepth> queues() {
        RunParts run = parts;
        return run == null || !threads.buffers() ? List.of() : run.queues();
    }

    @Override
    public List<RunningItem> running() {
        RunParts run = parts;
        return run == null
                ? List.of()
                : run.running().stream()
                        .map(each -> new RunningItem(each.work(), each.item().key()))
                        .toList();
    }

    @Override
    public Partials partials() {
        return partials;
    }

    @Override
    public Mono<Void> release() {
        return threads.release();
    }
}

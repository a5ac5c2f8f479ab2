package org.reactortopology.multiprocess.internal.coordinator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Once;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.run.InJvm;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One run: what stands around the slice in this JVM, and the slice, as one operator in the midst of it, over workers. */
public final class SlicedRun {

    /** Outcomes that works behind the slice have made and that may wait for the subscriber. */
    private static final int MAY_WAIT = 256;

    private final TopologyPlan plan;
    private final WorkerSlice slice;
    private final StartMessage start;
    private final RunSettings settings;
    private final Codec codec;
    private final RunRecorder recorder;
    private final Coordinator coordinator;
    private final Flux<Item> source;

    /** Written when the run starts; read by whoever adds to it or releases it. */
    private volatile @Nullable SliceEngine around;

    /** A run that begins when its outcomes are subscribed to. Asks for the launcher once, if the source can be run. */
    public SlicedRun(
            WorkerSlice slice,
            StartMessage start,
            RunSettings settings,
            Codec codec,
            Supplier<WorkerLauncher> launcher,
            RunRecorder recorder) {
        this.plan = slice.plan();
        this.slice = slice;
        this.start = start;
        this.settings = settings;
        this.codec = codec;
        this.recorder = recorder;
        this.source = source(slice, recorder);
        this.coordinator = new Coordinator(
                slice, start.fingerprint(), settings, codec, launcher.get(), recorder, this::accumulated);
    }

    /** The items of the source, unless workers are fed from it directly. */
    private static Flux<Item> source(WorkerSlice slice, RunRecorder recorder) {
        return slice.series().isPresent() ? Flux.empty() : recorder.countTaken(InJvm.items(slice.plan(), recorder));
    }

    /** The run. */
    public Execution execution() {
        Flux<Outcome<Object>> outcomes = constants().flatMapMany(this::outcomes).contextCapture();
        Mono<Void> threads = Mono.defer(() -> {
            SliceEngine engine = around;
            return Mono.when(coordinator.threads(), engine == null ? Mono.empty() : engine.release());
        });
        return new Execution(outcomes, coordinator.released().then(threads));
    }

    /** Computed before anything is started, on a thread that may block. */
    private Mono<Constants> constants() {
        Mono<Constants> constants = Mono.fromCallable(() -> Constants.compute(plan, Map.of(), true));
        boolean none = plan.onces().stream().allMatch(Once::perWorker);
        return none ? constants : constants.subscribeOn(Schedulers.boundedElastic());
    }

    private Flux<Outcome<Object>> outcomes(Constants constants) {
        byte[] message = start.giving(encoded(constants)).encode();
        if (message.length > Coordinator.maxBodyBytes(settings.maxItemBytes())) {
            throw new TopologyException("topology '" + plan.name() + "': the values that workers are given are "
                    + message.length + " bytes long when encoded, all together: at most "
                    + Coordinator.maxBodyBytes(settings.maxItemBytes())
                    + " may cross; raise maxItemBytes, or compute them with oncePerWorker(..)");
        }
        SliceEngine engine = SliceEngine.around(
                plan,
                recorder.works(),
                settings.threads(),
                constants.values(),
                entering -> coordinator.over(entering, message));
        around = engine;
        recorder.watch(engine);
        Flux<Outcome<Object>> outcomes = engine.run(source, Function.identity(), recorder::outcomeOf);
        if (!slice.isAll()) {
            int mayWait = Math.min(MAY_WAIT, settings.outcomeItems());
            outcomes = outcomes.publishOn(coordinator.subscriberThread(), true, mayWait);
        }
        return outcomes.concatWith(Mono.defer(() -> {
            Throwable error = coordinator.sourceError();
            return error == null ? Mono.empty() : Mono.error(error);
        }));
    }

    private Map<String, byte[]> encoded(Constants constants) {
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        for (Once<?> once : slice.onces()) {
            if (!once.perWorker()) {
                Object value = Objects.requireNonNull(constants.values().get(once.name()));
                encoded.put(once.name(), encoded(once.name(), value));
            }
        }
        return encoded;
    }

    private byte[] encoded(String name, Object value) {
        try {
            return codec.encode(value);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            throw new PayloadException(
                    "topology '" + plan.name() + "': the value '" + name
                            + "' that works need cannot be sent to workers: " + e.getMessage()
                            + "; or compute it there with oncePerWorker(..)",
                    e);
        }
    }

    private void accumulated(String aggregate, Object accumulator) {
        Objects.requireNonNull(around).partials().addAccumulator(aggregate, accumulator);
    }
}

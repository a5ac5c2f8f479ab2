package org.reactortopology.job.internal.reading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobPlan;
import org.reactortopology.job.internal.ledger.Admission;
import org.reactortopology.job.internal.ledger.Identity;
import org.reactortopology.job.internal.ledger.KeyDigests;
import org.reactortopology.job.internal.ledger.Refusal;
import org.reactortopology.job.internal.ledger.RunRow;
import org.reactortopology.spi.ItemSource;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Goes through a source and asks of each key what a run would do with it. One thread; keeps digests of the keys, 16 to 48 bytes each. */
public final class Plans {

    private final JobMode mode;
    private final Admission admission;
    private final KeyDigests seen = new KeyDigests();
    private final List<String> firstToRun = new ArrayList<>();
    private final List<String> firstToSkip = new ArrayList<>();
    private long run;
    private long skip;

    private Plans(JobMode mode, Admission admission) {
        this.mode = mode;
        this.admission = admission;
    }

    /** What a run in that mode would do where there is no job yet. */
    public static JobPlan ofNothing(Path directory, JobMode mode, Topology<?> topology) {
        Plans plans = new Plans(mode, Admission.ofNothing(mode));
        return plans.plan(topology.plan().source(), refusal(directory, mode, true, null, false, topology), List::of);
    }

    /**
     * What a run in that mode would do with the job of that directory. The source, which may take long, is walked while the ledger is closed, as its log could
     * not be cut meanwhile.
     */
    public static JobPlan of(Path directory, JobMode mode, boolean changesAllowed, Topology<?> topology) {
        if (mode.kind() == JobMode.Kind.NEW) {
            return ofNothing(directory, mode, topology);
        }
        Known known = LedgerReader.read(directory, ledger -> known(ledger, mode, changesAllowed, topology));
        Plans plans = new Plans(mode, known.admission());
        return plans.plan(
                topology.plan().source(),
                known.problem(),
                () -> LedgerReader.read(directory, ledger -> gone(ledger, topology.plan(), plans.seen)));
    }

    /** What the ledger says before the source is walked. */
    private record Known(Admission admission, String problem) {}

    private static Known known(LedgerReader ledger, JobMode mode, boolean changesAllowed, Topology<?> topology) {
        Admission admission = ledger.with(connection -> Admission.read(connection, mode));
        @Nullable RunRow latest = ledger.with(RunRow::latest).orElse(null);
        boolean settled = ledger.with(RunRow::hasSettled);
        String refusal = refusal(ledger.directory(), mode, changesAllowed, latest, settled, topology);
        String problem = refusal.isEmpty()
                ? ledger.with(connection -> Refusal.ofKeys(connection, mode)).orElse("")
                : refusal;
        return new Known(admission, problem);
    }

    private static String refusal(
            Path directory,
            JobMode mode,
            boolean changesAllowed,
            @Nullable RunRow latest,
            boolean settled,
            Topology<?> topology) {
        return Refusal.of(directory, mode, changesAllowed, latest, settled, Identity.of(topology), topology.plan())
                .orElse("");
    }

    private interface Gone {
        List<String> keys();
    }

    private JobPlan plan(Source source, String problem, Gone gone) {
        boolean readable = !(source instanceof Source.OfInput);
        if (readable) {
            each(source, this::add);
        }
        return new JobPlan(
                mode,
                readable ? OptionalLong.of(run) : OptionalLong.empty(),
                readable ? OptionalLong.of(skip) : OptionalLong.empty(),
                firstToRun,
                firstToSkip,
                readable ? gone.keys() : List.of(),
                problem);
    }

    /** Values of a series are not made: that may mean to read files. */
    private static void each(Source source, Consumer<String> action) {
        if (source instanceof Source.OfSeries ofSeries) {
            Series<?> series = ofSeries.series().snapshot();
            long size = series.size();
            for (long index = 0; index < size; index++) {
                action.accept(series.keyAt(index));
            }
        } else {
            ItemSource.items(source).toIterable().forEach(item -> action.accept(item.key()));
        }
    }

    private void add(String key) {
        seen.add(key);
        @Nullable String reason = admission.skip(key);
        if (reason == null) {
            run++;
            keep(firstToRun, key);
        } else {
            skip++;
            keep(firstToSkip, key);
        }
    }

    private static void keep(List<String> first, String key) {
        if (first.size() < JobPlan.SHOWN) {
            first.add(key);
        }
    }

    /** Empty where items of the topology have keys that its source does not give. */
    private static List<String> gone(LedgerReader ledger, TopologyPlan plan, KeyDigests given) {
        List<String> gone = new ArrayList<>();
        boolean ownKeys = plan.nodes().stream().noneMatch(node -> makesKeys(node.step()));
        if (ownKeys) {
            ledger.each("SELECT key FROM item ORDER BY idx", row -> {
                Optional.of(row.getString(1))
                        .filter(key -> gone.size() < JobPlan.SHOWN && !given.contains(key))
                        .ifPresent(gone::add);
            });
        }
        return gone;
    }

    private static boolean makesKeys(Step step) {
        return step instanceof Step.ExpandStep || step instanceof Step.WindowStep || step instanceof Step.TransformStep;
    }
}

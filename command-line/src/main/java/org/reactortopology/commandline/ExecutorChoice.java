package org.reactortopology.commandline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.internal.archive.CommandArchive;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * An executor as it is written on the command line. The executor that it makes calls itself by these words, so that the ledger holds them and a resume
 * can choose the same.
 *
 * @param workers child JVMs; null leaves it to the executor
 * @param threads threads of each process; null leaves it to the executor
 */
public record ExecutorChoice(
        Kind kind, @Nullable Integer workers, @Nullable Integer threads) {

    /** Child JVMs, as many as there are processors. */
    public static final ExecutorChoice USUAL = new ExecutorChoice(Kind.MULTI_PROCESS, null, null);

    private static final Pattern WORDS =
            Pattern.compile("(sequential|parallel|multi-process)(?: --workers (\\d{1,4}))?(?: --threads (\\d{1,4}))?");

    /** The kinds of executor. */
    public enum Kind {
        /** {@link SequentialExecutor}. */
        SEQUENTIAL(SequentialExecutor.class),
        /** {@link ParallelExecutor}. */
        PARALLEL(ParallelExecutor.class),
        /** {@link MultiProcessExecutor}. */
        MULTI_PROCESS(MultiProcessExecutor.class);

        private final Class<? extends TopologyExecutor> type;

        Kind(Class<? extends TopologyExecutor> type) {
            this.type = type;
        }

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The choice that these words of a ledger name, or the name of the executor's class; empty if it is none of these. */
    public static Optional<ExecutorChoice> parse(String words) {
        Matcher matcher = WORDS.matcher(words.strip());
        if (matcher.matches()) {
            return Optional.of(new ExecutorChoice(
                    Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_')),
                    number(matcher.group(2)),
                    number(matcher.group(3))));
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.type.getSimpleName().equals(words.strip()))
                .map(kind -> new ExecutorChoice(kind, null, null))
                .findFirst();
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    /** What of it has no meaning, in words for the command line; empty if all has. */
    public Optional<String> problem() {
        if (workers != null && kind != Kind.MULTI_PROCESS) {
            return Optional.of("--workers is given, but --executor is " + kind
                    + ", which has no child JVMs: give --executor multi-process, or leave --workers out");
        } else if (threads != null && kind == Kind.SEQUENTIAL) {
            return Optional.of("--threads is given, but --executor is sequential, which has one thread: give"
                    + " --executor parallel or multi-process, or leave --threads out");
        }
        return Optional.empty();
    }

    /** An executor that calls itself by these words. */
    public TopologyExecutor executor() {
        CommandArchive.worthwhile();
        return named(
                switch (kind) {
                    case SEQUENTIAL -> SequentialExecutor.create();
                    case PARALLEL -> threads == null ? ParallelExecutor.create() : ParallelExecutor.threads(threads);
                    case MULTI_PROCESS -> multiProcess();
                });
    }

    /**
     * As {@link #executor}, with the workers of its first run, if it has any, on their way already: what else there is to do before the run is subscribed to
     * is done while they start.
     *
     * @param items how many there will be, at least 1: no more workers are started
     */
    public Started started(long items) {
        if (kind != Kind.MULTI_PROCESS) {
            return new Started(executor(), Disposables.disposed());
        }
        CommandArchive.worthwhile();
        MultiProcessExecutor processes = multiProcess();
        Disposable ahead = processes.startAhead((int) Math.min(items, Integer.MAX_VALUE));
        return new Started(named(processes), ahead);
    }

    /** An executor whose workers are on their way. Closing it ends them, in the background, unless a run has taken them. */
    public static final class Started implements AutoCloseable {
        private final TopologyExecutor executor;
        private final Disposable ahead;

        private Started(TopologyExecutor executor, Disposable ahead) {
            this.executor = executor;
            this.ahead = ahead;
        }

        /** Calls itself by the words of the choice. */
        public TopologyExecutor executor() {
            return executor;
        }

        @Override
        public void close() {
            ahead.dispose();
        }
    }

    private TopologyExecutor named(TopologyExecutor executor) {
        return new Named(executor, toString());
    }

    private MultiProcessExecutor multiProcess() {
        MultiProcessBuilder builder = MultiProcessExecutor.builder();
        if (workers != null) {
            builder.workers(workers);
        }
        if (threads != null) {
            builder.threads(threads);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return kind
                + (workers == null ? "" : " --workers " + workers)
                + (threads == null ? "" : " --threads " + threads);
    }

    private record Named(TopologyExecutor executor, String name) implements TopologyExecutor {
        @Override
        public <O> TopologyRun<O> run(Topology<O> topology) {
            return executor.run(topology);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

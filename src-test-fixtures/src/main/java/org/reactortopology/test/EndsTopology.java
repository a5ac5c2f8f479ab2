package org.reactortopology.test;

import static org.reactortopology.Halt.failedShare;
import static org.reactortopology.Halt.failures;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.nio.file.Path;
import org.reactortopology.Halt;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;
import org.reactortopology.TopologyFactory;
import reactor.core.publisher.Flux;

/** Numbers without end that pass two works, some of which wait at a gate and some of which fail. Public because child JVMs build it too. */
public final class EndsTopology implements TopologyFactory<EndsTopology.Params, Long> {

    static final int SERIES = 1_000_000_000;

    /** The rules that halt it. */
    public enum Rule {
        /** None. */
        NONE,
        /** {@code failures(3)}. */
        THREE_FAILURES,
        /** {@code failedShare(0.3, 20)}. */
        SHARE
    }

    /**
     * What is run.
     *
     * @param probe name of the {@link SourceProbe} on the source, where it is not a series
     * @param gate directory of the gate at which numbers wait
     * @param waitFrom the first number that waits
     * @param failEvery a number divisible by this fails; 0 for none
     * @param now whether the rule halts at once
     */
    public record Params(
            String probe,
            boolean series,
            Partitioning partitioning,
            String gate,
            long waitFrom,
            long failEvery,
            Rule rule,
            boolean now) {

        static Params of(String probe, Path gate, boolean series, Partitioning partitioning) {
            return new Params(probe, series, partitioning, gate.toString(), Long.MAX_VALUE, 0, Rule.NONE, false);
        }

        Params waitingFrom(long number) {
            return new Params(probe, series, partitioning, gate, number, failEvery, rule, now);
        }

        Params failing(long every, Rule by, boolean atOnce) {
            return new Params(probe, series, partitioning, gate, waitFrom, every, by, atOnce);
        }
    }

    @Override
    public Topology<Long> create(Params params) {
        TopologyBuilder builder = Topology.named("ends");
        if (params.rule() != Rule.NONE) {
            Halt rule = params.rule() == Rule.SHARE ? failedShare(0.3, 20) : failures(3);
            builder.haltWhen(params.now() ? rule.now() : rule);
        }
        return source(builder, params)
                .partition(params.partitioning())
                .map("work", cpu((Long n) -> work(params, n)))
                .map("pass", io((Long n) -> n))
                .build();
    }

    private static Stage<Long> source(TopologyBuilder builder, Params params) {
        if (params.series()) {
            return builder.source("numbers", Series.range(0, SERIES, 1));
        }
        Flux<Long> numbers = Flux.generate(() -> 0L, (next, sink) -> {
            sink.next(next);
            return next + 1;
        });
        return builder.source("numbers", SourceProbe.named(params.probe()).watch(numbers), n -> Long.toString(n));
    }

    private static Long work(Params params, long number) throws Exception {
        if (number >= params.waitFrom()) {
            new FileGate(Path.of(params.gate())).pass(Long.toString(number));
        }
        if (params.failEvery() > 0 && number % params.failEvery() == 0) {
            throw new IllegalArgumentException("asked to fail");
        }
        return number;
    }
}

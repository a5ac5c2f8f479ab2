package org.reactortopology.job.crash;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.reactortopology.Aggregate;
import org.reactortopology.AtomicFiles;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** A small job of numbers whose effect is a file for each, in pieces large enough to be torn; every seventh number fails. */
public final class CrashTopology implements TopologyFactory<CrashTopology.Params, Long> {

    /** Sum of all numbers that do not fail. */
    public static final Aggregate<Long, Long, Long> SUM =
            Aggregate.of("sum", () -> 0L, Long::sum, Long::sum, sum -> sum);

    /** Names the process, so that a file tells which of them wrote it. */
    public static final String INCARNATION = "crash.incarnation";

    private static final int LINES = 400;

    /** Which graph. */
    public enum Shape {
        /** Two works and a queue. */
        LINEAR,
        /** Two children of each. */
        CHILDREN,
        /** Values are kept and summed up. */
        KEEPING
    }

    /**
     * What is run.
     *
     * @param out directory of the files
     * @param items how many numbers, from 0
     */
    public record Params(Shape shape, Path out, long items) {}

    @Override
    public Topology<Long> create(Params params) {
        Stage<Long> written = Topology.named("crash")
                .source("numbers", Series.range(0, params.items(), 1))
                .map("compute", cpu(CrashTopology::compute))
                .queue(bounded(4))
                .map("write", io((Long n) -> write(params.out(), n)));
        Stage<Long> shaped = switch (params.shape()) {
            case LINEAR -> written;
            case CHILDREN -> written.flatMap("split", cpu(n -> List.of(n, -n)));
            case KEEPING -> written.keepValues().aggregate(SUM);
        };
        return shaped.build();
    }

    /** Whether a number fails. */
    public static boolean fails(long n) {
        return n % 7 == 6;
    }

    private static Long compute(long n) {
        long until = System.nanoTime() + 300_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        if (fails(n)) {
            throw new IllegalArgumentException("asked to fail at " + n);
        }
        return n;
    }

    private static Long write(Path out, long n) throws IOException {
        String incarnation = System.getProperty(INCARNATION, "?");
        AtomicFiles.write(out.resolve(n + ".txt"), temporary -> {
            Files.writeString(temporary, incarnation + "\n", StandardOpenOption.CREATE_NEW);
            for (int i = 0; i < LINES; i += LINES / 4) { // a kill may come between
                Files.writeString(temporary, (n + "\n").repeat(LINES / 4), StandardOpenOption.APPEND);
            }
        });
        return n;
    }

    /** Which process wrote the whole file of a number; throws if it is not whole. */
    public static String writer(Path out, long n) throws IOException {
        List<String> lines = Files.readAllLines(out.resolve(n + ".txt"));
        List<String> numbers = lines.subList(1, lines.size());
        if (numbers.size() != LINES || !numbers.stream().allMatch(Long.toString(n)::equals)) {
            throw new IOException("the file of " + n + " is torn: " + lines.size() + " lines");
        }
        return lines.get(0);
    }
}

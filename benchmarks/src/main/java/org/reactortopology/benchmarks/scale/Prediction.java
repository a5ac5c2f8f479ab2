package org.reactortopology.benchmarks.scale;

import java.util.List;
import java.util.Map;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Unit;

/**
 * Where one coordinator is full: when the busiest of its threads is. Every other processor of the machine computes then.
 *
 * @param lines what an item costs, by the bytes of its value, who is busy
 */
record Prediction(Map<String, Line> lines) {

    private static final Unit CORES = Unit.more("processors when it is full");
    private static final Unit OWN = Unit.less("of these the coordinator's");
    private static final List<Integer> WORK_MICROS = List.of(10, 100, 1_000, 10_000);
    private static final List<Integer> SIZES = List.of(16, 4096, 65536);
    private static final List<String> THREADS =
            List.of(CoordinatorModel.ASSIGNING, CoordinatorModel.SOCKETS, CoordinatorModel.SUBSCRIBER);
    private static final double MICROS = 1e6;

    /** One load for each size, with a point for each duration of the work. */
    void record(Session session) {
        for (int bytes : SIZES) {
            double busiest = THREADS.stream()
                    .mapToDouble(thread -> micros(thread, bytes))
                    .max()
                    .orElseThrow();
            double own = micros(CoordinatorModel.REST, bytes)
                    + THREADS.stream()
                            .mapToDouble(thread -> micros(thread, bytes))
                            .sum();
            Load load =
                    session.load("predicted: a full coordinator, values of " + bytes + " bytes, by CPU of the works");
            for (int micros : WORK_MICROS) {
                double all = micros + micros(CoordinatorModel.WORKER, bytes) + own;
                load.at(micros, "us")
                        .sample("one coordinator", Unit.ITEMS_PER_SECOND, MICROS / busiest)
                        .sample("one coordinator", CORES, all / busiest)
                        .sample("one coordinator", OWN, own / busiest);
            }
        }
    }

    private double micros(String who, int bytes) {
        Line line = lines.get(who);
        if (line == null) {
            throw new IllegalStateException("there is no line for " + who);
        }
        return line.at(bytes);
    }
}

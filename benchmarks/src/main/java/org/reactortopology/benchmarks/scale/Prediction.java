package org.reactortopology.benchmarks.scale;

import java.util.List;
import java.util.Map;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.benchmarks.scale.CpuTimes.Role;

/**
 * Where one coordinator is full: when the busiest of its threads is. Until then each processor that is not the coordinator's computes.
 *
 * @param costs of its threads, for values of eight bytes
 * @param lines the same of a busy coordinator, by the bytes of values
 */
record Prediction(Map<Role, Cost> costs, Map<Role, Line> lines) {

    private static final Unit CORES = Unit.more("processors at saturation");
    private static final Unit OWN = Unit.less("of these the coordinator's");
    private static final List<Integer> WORK_MICROS = List.of(10, 100, 1_000, 10_000);
    private static final List<Integer> SIZES = List.of(16, 4096, 65536);

    /** One load for each size, with a point for each duration of the work. */
    void record(Session session) {
        for (int bytes : SIZES) {
            double most = lines.entrySet().stream()
                    .filter(each -> each.getKey() != Role.OTHER)
                    .mapToDouble(each -> 1e6 / each.getValue().at(bytes))
                    .min()
                    .orElseThrow();
            double own = most
                    * lines.values().stream()
                            .mapToDouble(line -> line.at(bytes))
                            .sum()
                    / 1e6;
            Load load =
                    session.load("predicted: one coordinator, values of " + bytes + " bytes, by the CPU of the work");
            for (int micros : WORK_MICROS) {
                load.at(micros, "us")
                        .sample("saturation", Unit.ITEMS_PER_SECOND, most)
                        .sample("saturation", CORES, most * micros / 1e6 + own)
                        .sample("saturation", OWN, own);
            }
        }
    }
}

package org.reactortopology.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.reactortopology.RunReport.WorkReport;

/** Counts calls, failures and time of each work of a plan. Thread-safe: every lane writes, anyone reads. */
public final class WorkStats {

    private final List<String> names;
    private final LongAdder[] calls;
    private final LongAdder[] failures;
    private final LongAdder[] nanos;

    /** Counters for the works of the plan, in its order. */
    public WorkStats(TopologyPlan plan) {
        names = plan.works().stream().map(Step.WorkStep::name).toList();
        calls = adders(names.size());
        failures = adders(names.size());
        nanos = adders(names.size());
    }

    /** Adds what happened elsewhere or just now to the work at that place in the plan. */
    public void add(int work, long moreCalls, long moreFailures, long moreNanos) {
        calls[work].add(moreCalls);
        failures[work].add(moreFailures);
        nanos[work].add(moreNanos);
    }

    /** The counts so far, in the order of the plan. */
    public List<WorkReport> reports() {
        List<WorkReport> reports = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            reports.add(
                    new WorkReport(names.get(i), calls[i].sum(), failures[i].sum(), Duration.ofNanos(nanos[i].sum())));
        }
        return reports;
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}

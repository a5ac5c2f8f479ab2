package org.reactortopology.benchmarks.scale;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;

/**
 * What an item costs as runs, works and workers grow, how memory goes meanwhile, and what one coordinator can do. Arguments: the parts that are to
 * run, of {@code growth}, {@code works}, {@code workers}, {@code start}, {@code memory} and {@code coordinator}; all by default.
 */
public final class ScaleSuite implements Suite {

    private static final Map<String, Suite> PARTS = parts();

    @Override
    public void run(Session session) throws Exception {
        List<String> names = session.arguments().isEmpty() ? List.copyOf(PARTS.keySet()) : session.arguments();
        for (String name : names) {
            Suite part = PARTS.get(name);
            if (part == null) {
                throw new IllegalArgumentException("there is no part \"" + name + "\": " + PARTS.keySet());
            }
            part.run(session);
        }
    }

    private static Map<String, Suite> parts() {
        Map<String, Suite> parts = new LinkedHashMap<>();
        parts.put("growth", new Growth());
        parts.put("works", new Works());
        parts.put("workers", new Workers());
        parts.put("start", new ColdWorkers());
        parts.put("memory", new Memory());
        parts.put("coordinator", new CoordinatorModel());
        return parts;
    }
}

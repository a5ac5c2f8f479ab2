package org.reactortopology.benchmarks.scale;

import java.util.List;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;

/** What an item costs as runs grow and with more works. */
public final class ScaleSuite implements Suite {

    @Override
    public void run(Session session) throws Exception {
        for (Suite part : List.of(new Growth(), new Works())) {
            part.run(session);
        }
    }
}

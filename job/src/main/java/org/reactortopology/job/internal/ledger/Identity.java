package org.reactortopology.job.internal.ledger;

import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.job.JobException;
import org.reactortopology.job.internal.directory.JsonFiles;
import org.reactortopology.job.internal.directory.Parameters;
import org.reactortopology.spi.Step;

/**
 * Which topology it is, as the ledger has it.
 *
 * @param plan {@link Topology#describe}
 * @param works names of the works, as a JSON list
 * @param factory class name; null without an origin
 * @param params parameters of the factory as JSON; null without an origin
 */
public record Identity(
        String name,
        String fingerprint,
        String plan,
        String mermaid,
        String works,
        @Nullable String factory,
        @Nullable String params) {

    /**
     * That of a topology.
     *
     * @throws JobException if its parameters have no JSON
     */
    public static Identity of(Topology<?> topology) {
        return new Identity(
                topology.name(),
                topology.fingerprint(),
                topology.describe(),
                topology.toMermaid(),
                JsonFiles.line(topology.plan().works().stream()
                        .map(Step.WorkStep::name)
                        .toList()),
                topology.origin().map(origin -> origin.factory().getName()).orElse(null),
                topology.origin()
                        .map(origin -> Parameters.toJson(origin.params()))
                        .orElse(null));
    }
}

package org.reactortopology.commandline.internal.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.commandline.internal.parameters.ParameterTree;
import org.reactortopology.job.Topologies;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which topology, of which parameters. */
final class FactoryOptions {

    @Parameters(
            index = "0",
            paramLabel = "FACTORY",
            description = "Full name of the class of the TopologyFactory, which is on the class path.")
    private String factory = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = {
                "A component of the record that the factory takes; again for each.",
                "a.b=VALUE names component b of record a. A list takes values with commas, or the name again.",
                "Paths are recorded as absolute ones. Times are 500ms, 30s, 5m, 2h or ISO 8601. What is left out is what the record's static method defaults() says."
            })
    private List<String> params = List.of();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description = "JSON object of the parameters; what --param says goes before it.")
    private @Nullable Path paramsFile;

    /** Builds it. */
    Topology<?> topology() {
        Class<?> found = Topologies.factory(factory);
        JsonNode tree = ParameterTree.of(
                Topologies.parameterType(found), params, file(), "the factory " + found.getSimpleName());
        try {
            return Topologies.from(found, tree);
        } catch (TopologyException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UsageException("the factory " + found.getName() + " refuses its parameters " + tree + ": " + e);
        }
    }

    private @Nullable JsonNode file() {
        if (paramsFile == null) {
            return null;
        } else if (!Files.isReadable(paramsFile)) {
            throw new UsageException("--params '" + paramsFile + "' cannot be read: give a file of JSON");
        }
        try {
            return JsonMapper.shared().readTree(paramsFile.toFile());
        } catch (JacksonException e) {
            throw new UsageException("--params '" + paramsFile + "' is no JSON: " + e.getOriginalMessage());
        }
    }
}

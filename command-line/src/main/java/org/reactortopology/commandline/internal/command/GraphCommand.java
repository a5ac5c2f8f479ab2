package org.reactortopology.commandline.internal.command;

import java.util.Locale;
import org.reactortopology.Topology;
import org.reactortopology.commandline.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the graph of a topology. */
@Command(
        name = "graph",
        description = "Prints the graph of a topology, without running it.",
        exitCodeList = {"0:it is printed", "2:wrong usage, or the topology cannot be built"})
public final class GraphCommand extends JobCommand {

    /** How it is printed. */
    enum Format {
        TEXT,
        MERMAID,
        DOT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private FactoryOptions factory = new FactoryOptions();

    @Option(
            names = "--format",
            paramLabel = "text|mermaid|dot",
            defaultValue = "text",
            description = "Plain text, a Mermaid flow chart, or DOT for Graphviz (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    /** In these surroundings. */
    public GraphCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        Topology<?> topology = factory.topology();
        String graph = switch (format) {
            case TEXT -> topology.describe();
            case MERMAID -> topology.toMermaid();
            case DOT -> topology.toDot();
        };
        out().println(graph.stripTrailing());
        return ExitCodes.ALL_DONE;
    }
}

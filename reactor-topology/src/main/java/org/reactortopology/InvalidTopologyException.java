package org.reactortopology;

import java.util.List;

/** The topology cannot be built, or cannot be run in this way; the message lists every problem, each with its fix. */
public final class InvalidTopologyException extends TopologyException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Lists the problems found in the topology of that name. */
    public InvalidTopologyException(String topology, List<String> problems) {
        super(message(topology, problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, one sentence or two each, in the order of the graph. */
    public List<String> problems() {
        return problems;
    }

    private static String message(String topology, List<String> problems) {
        String head = "topology '" + topology + "' is not valid: ";
        return problems.size() == 1
                ? head + problems.get(0)
                : head + problems.size() + " problems\n  - " + String.join("\n  - ", problems);
    }
}

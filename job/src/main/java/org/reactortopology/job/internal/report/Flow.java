package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The graph of a topology as its Mermaid text has it, which the ledger keeps.
 *
 * @param nodes the parts; the last one is the output
 */
record Flow(List<Node> nodes, List<Edge> edges) {

    private static final Pattern NODE = Pattern.compile("\\s*(n\\d+)(\\(\\[|\\[\\(|\\[)\"(.*)\"(\\]\\)|\\)\\]|\\])");
    private static final Pattern EDGE = Pattern.compile("\\s*(n\\d+)(?: -- (.*))? --> (n\\d+|output)");

    /** How a part looks. */
    enum Look {
        SOURCE,
        QUEUE,
        WORK,
        OUTPUT
    }

    /** A part: its name and what it is. */
    record Node(String name, String kind, Look look) {}

    /** An arrow between places in the list of nodes. */
    record Edge(int from, int to, String label) {}

    Flow {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Lines that are neither a part nor an arrow to a later part are left out. */
    static Flow of(String mermaid) {
        List<Node> nodes = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (String line : mermaid.split("\n")) {
            Matcher matcher = NODE.matcher(line);
            if (matcher.matches()) {
                places.put(matcher.group(1), nodes.size());
                nodes.add(node(matcher.group(2), matcher.group(3)));
            }
        }
        places.put("output", nodes.size());
        nodes.add(new Node("output", "", Look.OUTPUT));
        List<Edge> edges = new ArrayList<>();
        for (String line : mermaid.split("\n")) {
            Matcher matcher = EDGE.matcher(line);
            if (matcher.matches()) {
                int from = places.getOrDefault(matcher.group(1), Integer.MAX_VALUE);
                int to = places.getOrDefault(matcher.group(3), -1);
                if (from < to) {
                    edges.add(new Edge(from, to, matcher.group(2) == null ? "" : unescaped(matcher.group(2))));
                }
            }
        }
        return new Flow(nodes, edges);
    }

    private static Node node(String bracket, String label) {
        Look look = bracket.equals("([") ? Look.SOURCE : bracket.equals("[(") ? Look.QUEUE : Look.WORK;
        int cut = label.lastIndexOf("<br/>");
        String name = cut < 0 ? label : label.substring(0, cut);
        return new Node(unescaped(name), cut < 0 ? "" : unescaped(label.substring(cut + 5)), look);
    }

    private static String unescaped(String text) {
        return text.replace("<br/>", "\n")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&quot;", "\"")
                .replace("#35;", "#")
                .replace("&amp;", "&");
    }
}

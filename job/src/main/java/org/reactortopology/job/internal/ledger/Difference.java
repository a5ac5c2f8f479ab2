package org.reactortopology.job.internal.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.internal.directory.JsonFiles;
import tools.jackson.databind.JsonNode;

/** What differs between the topology that a ledger was written with and another one. */
public final class Difference {

    private Difference() {}

    /** One line for each difference; none if they are the same. Without an origin, of either, only the plan counts. */
    public static List<String> of(Identity before, Identity now) {
        List<String> lines = new ArrayList<>();
        if (!before.name().equals(now.name())) {
            lines.add("topology: " + before.name() + " -> " + now.name());
        }
        if (before.factory() != null && now.factory() != null) {
            if (!before.factory().equals(now.factory())) {
                lines.add("factory: " + before.factory() + " -> " + now.factory());
            }
            lines.addAll(ofParameters(before.params(), now.params()));
        }
        if (!before.fingerprint().equals(now.fingerprint())) {
            lines.addAll(ofPlans(before.plan(), now.plan()));
        }
        return lines;
    }

    private static List<String> ofParameters(@Nullable String before, @Nullable String now) {
        Map<String, String> old = flat(before);
        Map<String, String> young = flat(now);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(young.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(old.get(name), young.get(name))) {
                lines.add("parameter " + name + ": " + old.getOrDefault(name, "absent") + " -> "
                        + young.getOrDefault(name, "absent"));
            }
        }
        return lines;
    }

    private static Map<String, String> flat(@Nullable String json) {
        Map<String, String> values = new LinkedHashMap<>();
        if (json != null) {
            flatten("", JsonFiles.MAPPER.readTree(json), values);
        }
        return values;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(property -> flatten(
                            name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
                            property.getValue(),
                            into));
        } else {
            into.put(name.isEmpty() ? "value" : name, node.toString());
        }
    }

    private static List<String> ofPlans(String before, String now) {
        List<String> lines = lineByLine(before.lines().toList(), now.lines().toList());
        return lines.isEmpty() ? List.of("the graph, in what its description does not show, such as its types") : lines;
    }

    /** By the longest common subsequence; plans are short. */
    private static List<String> lineByLine(List<String> old, List<String> young) {
        int[][] common = new int[old.size() + 1][young.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = young.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(young.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < young.size()) {
            if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
                i++;
                j++;
            } else if (j == young.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + old.get(i++).strip());
            } else {
                lines.add("+ " + young.get(j++).strip());
            }
        }
        return lines;
    }
}

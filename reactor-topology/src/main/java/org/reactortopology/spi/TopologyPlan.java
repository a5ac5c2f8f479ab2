package org.reactortopology.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.reactortopology.Partitioning;

/**
 * The graph as executors see it: a source, then works and queues in order.
 *
 * @param types classes that items may carry between processes, as the user named them
 */
public record TopologyPlan(
        String name,
        Source source,
        List<Step> steps,
        Partitioning partitioning,
        List<Class<?>> types,
        boolean stopOnFailure) {

    /** Copies the lists. */
    public TopologyPlan {
        steps = List.copyOf(steps);
        types = List.copyOf(types);
    }

    /** The works, in order. */
    public List<Step.WorkStep> works() {
        return steps.stream()
                .filter(Step.WorkStep.class::isInstance)
                .map(Step.WorkStep.class::cast)
                .toList();
    }

    /** SHA-256 of everything that must be equal on both sides of a process boundary, as 64 hexadecimal digits. */
    public String fingerprint() {
        StringBuilder text = new StringBuilder("topology ").append(quoted(name)).append('\n');
        text.append("source ")
                .append(quoted(source.name()))
                .append(' ')
                .append(quoted(source.describe()))
                .append('\n');
        text.append("partition ").append(partitioning).append('\n');
        for (Step step : steps) {
            if (step instanceof Step.WorkStep work) {
                OptionalInt concurrency = work.work().concurrency();
                text.append("work ")
                        .append(quoted(work.name()))
                        .append(' ')
                        .append(work.work().kind());
                text.append(' ')
                        .append(concurrency.isPresent() ? concurrency.getAsInt() : "default")
                        .append('\n');
            } else if (step instanceof Step.QueueStep queue) {
                text.append("queue ").append(queue.capacity().items()).append('\n');
            }
        }
        types.forEach(type -> text.append("type ").append(type.getName()).append('\n'));
        return sha256(text.toString());
    }

    /** With its length before it, so that no name can be taken for what follows it. */
    private static String quoted(String text) {
        return text.length() + ":" + text;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

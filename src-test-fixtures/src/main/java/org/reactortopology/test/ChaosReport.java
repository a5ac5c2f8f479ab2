package org.reactortopology.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Chaos.Session} has done so far.
 *
 * @param seed makes the same chaos again
 * @param counts how often each thing was done
 * @param latest the latest things done, at most {@value Chaos#EVENTS_KEPT}, in order
 */
public record ChaosReport(long seed, Map<String, Long> counts, List<Event> latest) {

    /**
     * A thing done.
     *
     * @param at time from the start of the session
     * @param what {@code kill}, {@code freeze}, {@code thaw}, {@code garbage}
     * @param pid of the worker it was done to; 0 for garbage, which goes to the socket
     * @param detail more, or nothing
     */
    public record Event(Duration at, String what, long pid, String detail) {
        /** One line. */
        @Override
        public String toString() {
            return at.toMillis() + " ms " + what + (pid == 0 ? "" : " " + pid) + (detail.isEmpty() ? "" : " " + detail);
        }
    }

    /** Copies both. */
    public ChaosReport {
        counts = Map.copyOf(counts);
        latest = List.copyOf(latest);
    }

    /** How often that was done. */
    public long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** The seed, the counts, and a line for each of the latest things. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("chaos with seed " + seed + ": " + new TreeMap<>(counts));
        latest.forEach(event -> text.append("\n  ").append(event));
        return text.toString();
    }
}

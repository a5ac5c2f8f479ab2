package org.reactortopology.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** What strict mode looks for in one run, and what it has found. Thread-safe. */
final class StrictChecks {

    /** Values that are watched at a time for being changed. */
    private static final int WATCHED = 1024;

    /** A value as a work emitted it. */
    private record Emission(String work, String key, Object value, long fingerprint, String text) {}

    private final String topology;
    private final long seed;
    private final UnaryOperator<Object> copier;
    private final ToLongFunction<Object> fingerprint;
    private final Set<String> inPlace;

    /** All guarded by this. */
    private final Queue<Emission> emissions = new ArrayDeque<>();

    private final Set<String> kinds = new HashSet<>();
    private final List<String> found = new ArrayList<>();
    private long more;

    StrictChecks(
            String topology,
            long seed,
            UnaryOperator<Object> copier,
            ToLongFunction<Object> fingerprint,
            Set<String> inPlace) {
        this.topology = topology;
        this.seed = seed;
        this.copier = copier;
        this.fingerprint = fingerprint;
        this.inPlace = inPlace;
    }

    /** Lets other lanes pass, some times, by the seed. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is there to disturb
    void giveWay(String work, String key) {
        long mixed = (seed ^ work.hashCode() * 31L ^ key.hashCode()) * 0x9E3779B97F4A7C15L;
        for (long left = mixed >>> 62; left > 0; left--) {
            Thread.yield();
        }
    }

    /** The value encoded and decoded, or the value itself if that cannot be. */
    Object copy(Object value, String where, String key) {
        try {
            Object copy = copier.apply(value);
            if (copy != null) {
                return copy;
            }
            tell("copy " + where, "the copier returned null for the value of key '" + key + "' that " + where);
        } catch (RuntimeException | StackOverflowError e) { // the copier's, or the value's own code
            tell(
                    "copy " + where,
                    "the value of key '" + key + "' that " + where + " cannot be copied: " + e.getMessage());
        }
        return value;
    }

    long fingerprint(Object value) {
        return fingerprint.applyAsLong(value);
    }

    /** Compares what a work was given with what it was before. */
    void given(String work, String key, Object value, long before, String text) {
        if (!inPlace.contains(work) && fingerprint(value) != before) {
            tell(
                    "given " + work,
                    "work '" + work + "' changed the value that it was given for key '" + key + "'"
                            + change(text, value)
                            + "; other works may get the same value: return a new one, or say mayChangeItsInput(\""
                            + work
                            + "\")");
        }
    }

    /** Watches a value from here on. */
    void emitted(String work, String key, Object value) {
        Emission emission = new Emission(work, key, value, fingerprint(value), ValueText.of(value));
        Emission oldest = null;
        synchronized (this) {
            emissions.add(emission);
            if (emissions.size() > WATCHED) {
                oldest = emissions.remove();
            }
        }
        if (oldest != null) {
            check(oldest);
        }
    }

    /** What was found, once all items have ended. */
    Optional<StrictModeError> verdict() {
        List<Emission> left;
        synchronized (this) {
            left = List.copyOf(emissions);
            emissions.clear();
        }
        left.forEach(this::check);
        synchronized (this) {
            return found.isEmpty() ? Optional.empty() : Optional.of(new StrictModeError(topology, seed, found, more));
        }
    }

    private void check(Emission emission) {
        if (fingerprint(emission.value()) != emission.fingerprint()) {
            String work = emission.work();
            tell(
                    "emitted " + work,
                    "the value that work '" + work + "' emitted for key '" + emission.key() + "' was changed after that"
                            + change(emission.text(), emission.value())
                            + "; the work may use it again, or something behind it that is not a work changes it: emit a new one");
        }
    }

    private static String change(String before, Object value) {
        String after = ValueText.of(value);
        return before.equals(after) ? "" : ", from " + before + " to " + after;
    }

    private synchronized void tell(String kind, String what) {
        if (kinds.add(kind)) {
            found.add(what);
        } else {
            more++;
        }
    }
}

package org.reactortopology;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where items part: each goes on to exactly one of several stages, one for each constant of an enum.
 *
 * @param <T> type of the values
 * @param <K> the routes
 */
public final class Branch<T, K extends Enum<K>> {

    private final Map<K, Stage<T>> stages;

    Branch(Map<K, Stage<T>> stages) {
        this.stages = new EnumMap<>(stages);
    }

    /** The stage of the items that take this route. Every route of the enum must be used, if only by {@link Stage#sink}. */
    public Stage<T> on(K route) {
        Stage<T> stage = stages.get(route);
        if (stage == null) {
            throw new IllegalArgumentException("there is no route " + route + ": the routes are " + stages.keySet());
        }
        return stage;
    }
}

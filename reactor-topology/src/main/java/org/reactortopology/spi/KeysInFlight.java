package org.reactortopology.spi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactortopology.DuplicateKeyException;

/**
 * The keys of an endless source, remembered while they are under way and no longer. Thread-safe: the source adds, whoever tells outcomes removes.
 */
public final class KeysInFlight {

    private final Map<String, Long> indexes = new ConcurrentHashMap<>();

    /** Written before the first key is added; a run with another source never asks. */
    private volatile boolean used;

    /**
     * A key has entered.
     *
     * @throws DuplicateKeyException if it is under way already
     */
    void entered(String source, String key, long index) {
        used = true;
        Long before = indexes.putIfAbsent(key, index);
        if (before != null) {
            throw new DuplicateKeyException(source, key, before, index);
        }
    }

    /** A key has its outcome. */
    void ended(String key) {
        if (used) {
            indexes.remove(key);
        }
    }
}

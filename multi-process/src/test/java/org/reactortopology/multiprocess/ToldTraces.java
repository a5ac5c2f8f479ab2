package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.spi.RunObserver;

/** Notes what it is told that items went through, and admits all but some. */
final class ToldTraces implements RunObserver {

    private final Map<String, List<ItemTrace>> told = new ConcurrentHashMap<>();
    private final Set<String> refused;

    ToldTraces(String... refused) {
        this.refused = Set.of(refused);
    }

    @Override
    public @Nullable String skip(String key) {
        return refused.contains(key) ? "refused" : null;
    }

    @Override
    public void traced(String key, long index, ItemTrace trace) {
        told.computeIfAbsent(key, none -> new CopyOnWriteArrayList<>()).add(trace);
    }

    @Override
    public void kept(String key, long index, Object value) {}

    @Override
    public @Nullable Object keptValue(String key, long index) {
        return null;
    }

    @Override
    public Optional<Path> logs() {
        return Optional.empty();
    }

    Set<String> keys() {
        return told.keySet();
    }

    /** The one of that key. */
    ItemTrace of(String key) {
        List<ItemTrace> traces = told.getOrDefault(key, List.of());
        assertThat(traces).as("traces of %s", key).hasSize(1);
        return traces.get(0);
    }
}

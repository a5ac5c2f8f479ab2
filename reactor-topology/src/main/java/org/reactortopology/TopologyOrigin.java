package org.reactortopology;

import java.util.Objects;

/**
 * Where a topology comes from, so that another process can build it again.
 *
 * @param factory class of the {@link TopologyFactory}
 * @param params what it was called with
 */
public record TopologyOrigin(Class<?> factory, Object params) {
    /** Checks that both are there. */
    public TopologyOrigin {
        Objects.requireNonNull(factory, "factory");
        Objects.requireNonNull(params, "params");
    }
}

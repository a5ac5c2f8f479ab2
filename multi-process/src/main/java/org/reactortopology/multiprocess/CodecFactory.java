package org.reactortopology.multiprocess;

import java.util.List;

/** Makes the codec of a run, once in each process; its class needs a constructor without arguments. */
@FunctionalInterface
public interface CodecFactory {

    /**
     * Makes a codec.
     *
     * @param types the classes that the topology names as what its items may carry, the same list in the same order on both sides
     */
    Codec create(List<Class<?>> types);
}

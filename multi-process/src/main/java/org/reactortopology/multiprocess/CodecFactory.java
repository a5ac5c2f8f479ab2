package org.reactortopology.multiprocess;

import java.util.List;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;

/** Makes the codec of a run, once in each process; its class needs a constructor without arguments. */
@FunctionalInterface
public interface CodecFactory {

    /**
     * Makes a codec.
     *
     * @param types the classes that the topology names as what its items may carry, the same list in the same order on both sides
     */
    Codec create(List<Class<?>> types);

    /** The factory that executors use unless they are given another: Apache Fory for the named classes, arrays of numbers as they are. */
    static CodecFactory standard() {
        return new TaggedCodec.Factory();
    }
}

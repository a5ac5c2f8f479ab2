package org.reactortopology.spi;

import org.reactortopology.Capacity;
import org.reactortopology.Work;

/** One part of the graph after the source. */
public sealed interface Step {

    /** A named work. */
    record WorkStep(String name, Work<?, ?> work) implements Step {}

    /** An explicit queue between what stands before and after it. */
    record QueueStep(Capacity capacity) implements Step {}
}

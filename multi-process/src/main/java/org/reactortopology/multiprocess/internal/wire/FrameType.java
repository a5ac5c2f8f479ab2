package org.reactortopology.multiprocess.internal.wire;

import org.jspecify.annotations.Nullable;

/** The frames of the protocol with the ids that stand in their headers. */
public enum FrameType {
    /** Worker to coordinator: who I am, and proof that I hold the token. */
    HELLO(0x01),
    /** Coordinator to worker: proof that I hold the token too. */
    WELCOME(0x02),
    /** Coordinator to worker: build this topology. */
    START(0x03),
    /** Worker to coordinator: the topology is built, with this fingerprint. */
    READY(0x04),
    /** Worker to coordinator: the topology cannot be run here. */
    REFUSED(0x05),
    /** Coordinator to worker: a batch of items. */
    ITEMS(0x10),
    /** Worker to coordinator: a batch of outcomes. */
    OUTCOMES(0x11),
    /** Both ways: the receiver may send so much more. */
    CREDIT(0x12),
    /** Coordinator to worker: no item will follow. */
    END_OF_ITEMS(0x13),
    /** Worker to coordinator: what each work has done so far. */
    STATS(0x14),
    /** Worker to coordinator: every item has its outcome, and all have been sent. */
    FINISHED(0x15),
    /** Coordinator to worker: drop everything of this run. */
    CANCEL(0x16),
    /** Worker to coordinator: the run broke here. */
    BROKEN(0x17),
    /** Worker to coordinator: what the values of one aggregate came to here. */
    PARTIAL(0x18),
    /** Worker to coordinator: I am not frozen. */
    ALIVE(0x1A),
    /** Coordinator to worker: answer what you have, then send accumulators. */
    CHECKPOINT(0x1B),
    /** Worker to coordinator: calls under a deadline began, showed progress, ended. */
    WATCH(0x1C),
    /** Worker to coordinator: nothing of this run is left here, another may come. */
    FREE(0x19),
    /** Coordinator to worker: end yourself. */
    GOODBYE(0x20);

    private static final FrameType[] BY_ID = byId();

    private final int id;

    FrameType(int id) {
        this.id = id;
    }

    /** The byte in the header. */
    public int id() {
        return id;
    }

    /** The type with that id, or null. */
    public static @Nullable FrameType of(int id) {
        return id < 0 || id >= BY_ID.length ? null : BY_ID[id];
    }

    private static FrameType[] byId() {
        FrameType[] types = new FrameType[256];
        for (FrameType type : values()) {
            types[type.id] = type;
        }
        return types;
    }
}

package org.reactortopology.multiprocess.internal.wire;

/** A large value in an entry, in place of the bytes that a codec made of it. */
public sealed interface Large permits RawArray, Claim {

    /** What counts against the byte credit: as much as if its bytes stood in the frame. */
    int bytes();
}

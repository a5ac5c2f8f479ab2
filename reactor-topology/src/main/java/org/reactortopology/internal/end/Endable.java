package org.reactortopology.internal.end;

/** A flux under way that can be ended before its time. */
public interface Endable {

    /** Takes nothing more from upstream and completes downstream behind what has come. Any thread, any number of times. */
    void end();

    /** Whether {@link #end} has cut something off, rather than come after the end; known before downstream completes. */
    boolean wasCut();

    /** How many items have come. */
    long passed();
}

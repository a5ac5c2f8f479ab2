package org.reactortopology.multiprocess.internal.claim;

/**
 * From which size on values lie in shared memory, and how much of that there is.
 *
 * @param threshold encoded bytes of the smallest value
 * @param capacity bytes for each worker and direction
 */
public record ClaimSettings(int threshold, int capacity) {

    /** Unless the user says otherwise. */
    public static final ClaimSettings USUAL = new ClaimSettings(64 * 1024, 16 * 1024 * 1024);

    /** Both directions of a worker are mapped as one piece, which has to fit into a buffer. */
    public static final int MOST_BYTES = 512 * 1024 * 1024;
}

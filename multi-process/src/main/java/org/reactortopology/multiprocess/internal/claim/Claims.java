package org.reactortopology.multiprocess.internal.claim;

/**
 * One side of the memory that a coordinator and a worker share.
 *
 * @param writer for what this side sends
 * @param reader for what the other side sends
 */
public record Claims(ClaimWriter writer, ClaimReader reader) {}

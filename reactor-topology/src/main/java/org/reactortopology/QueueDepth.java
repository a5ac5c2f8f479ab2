package org.reactortopology;

/**
 * How full a buffer of a running topology is: an explicit queue or the small buffer before a hop.
 *
 * @param edge where it is: {@code 'work before' -> 'work after'}
 * @param depth items that it holds now
 * @param capacity items that it holds at most
 * @param highest most items that it has held so far
 * @param weight what the weigher says of the items that it holds now; 0 without a weigher
 * @param maxWeight bound of the weight; {@link Long#MAX_VALUE} without a weigher
 */
public record QueueDepth(String edge, int depth, int capacity, int highest, long weight, long maxWeight) {}

package org.reactortopology.spi;

/**
 * What one item went through in one run.
 *
 * @param worker number of the worker that ran it, the last one if there were several; -1 if works ran in this process only
 * @param startedMicros begin of its first call, in microseconds since 1970; 0 if no work was called, or only in
 *     processes that died
 * @param attempts how often it was begun: 1, and more for calls that were retried or processes that died of it; 0 if it never was
 * @param nanos time inside each work of the plan, in the plan's order; 0 for works that were not called
 * @param derived whether it did not come from the source but was made of other items
 */
public record ItemTrace(int worker, long startedMicros, int attempts, long[] nanos, boolean derived) {}

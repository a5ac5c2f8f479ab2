package org.reactortopology.multiprocess.internal.pool;

import java.time.Duration;

/**
 * The bounds of a pool.
 *
 * @param workers most workers that runs may have at once, all together
 * @param spares workers that are started and connected ahead while a run is under way
 * @param idleExit after how long without a run a worker ends
 * @param recycleAfter items after which a worker is replaced; 0: never
 * @param maxRssBytes resident memory beyond which a worker is replaced; 0: none
 * @param rssEvery how often the memory of workers in use is looked at
 * @param quantum how long a run may keep its only worker while others have none
 * @param freeTimeout how long a worker may take to end what a run has left in it
 */
public record PoolSettings(
        int workers,
        int spares,
        Duration idleExit,
        long recycleAfter,
        long maxRssBytes,
        Duration rssEvery,
        Duration quantum,
        Duration freeTimeout) {

    /** How long a run may keep its only worker while others have none. */
    public static final Duration QUANTUM = Duration.ofMillis(500);

    /** How often the memory of workers in use is looked at. */
    public static final Duration RSS_EVERY = Duration.ofSeconds(2);

    /** So many workers, none ahead, replaced only when they die. */
    public static PoolSettings of(int workers, Duration freeTimeout) {
        return new PoolSettings(workers, 0, Duration.ofMinutes(1), 0, 0, RSS_EVERY, QUANTUM, freeTimeout);
    }
}

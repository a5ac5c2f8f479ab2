package org.reactortopology.test.model;

/** What one part of a random graph does. Most are verbs of {@link org.reactortopology.Stage}, some followed by a map back to numbers. */
enum Verb {
    SOURCE,
    MAP,
    KEYED,
    RETRIED,
    ONCE,
    FILTER,
    FLAT_MAP,
    FLAT_MAP_KEYS,
    WINDOW,
    PAIRS,
    SUCCESSIVE,
    BRANCH,
    ROUTE,
    MERGE,
    JOIN,
    TRANSFORM,
    LOOP,
    RECOVER,
    FAILURES,
    AGGREGATE,
    QUEUE,
    ORDERED,
    PARTITION,
    GATHER,
    SINK
}

package org.reactortopology.benchmarks.peers;

/** What every subject does with the numbers from 0 up. */
enum PeerLoad {
    /** Four works that do nothing. */
    NO_OP("no-op", "1 M no-op items through 4 works", 1_000_000, 2, 7),
    /** One work of 20 microseconds of CPU. */
    SMALL("20us", "100 k items of 20 us", 100_000, 2, 3),
    /** One work of 2 ms of CPU, and of 100 ms for one item in a hundred. */
    SKEWED("skewed", "2 k items of 2 ms, 1 % of 100 ms", 2_000, 1, 1),
    /** Two works that do nothing on every item, and a third that gets both results of an item. */
    JOIN("join", "200 k items to two works and a join", 200_000, 2, 7);

    private static final int SKEWED_WARM_UP_ITEMS = 200;

    private final String id;
    private final String title;
    private final int items;
    private final int warmUpSeconds;
    private final int samples;

    PeerLoad(String id, String title, int items, int warmUpSeconds, int samples) {
        this.id = id;
        this.title = title;
        this.items = items;
        this.warmUpSeconds = warmUpSeconds;
        this.samples = samples;
    }

    static PeerLoad of(String id) {
        for (PeerLoad load : values()) {
            if (load.id.equals(id)) {
                return load;
            }
        }
        throw new IllegalArgumentException("unknown load \"" + id + "\": no-op, 20us, skewed or join");
    }

    String id() {
        return id;
    }

    /** As the tables name it. */
    String title() {
        return title;
    }

    int items() {
        return items;
    }

    /** How long a JVM runs it, over and over, before it is measured: until the compiler has done most of its work. */
    int warmUpSeconds() {
        return warmUpSeconds;
    }

    int warmUpItems() {
        return this == SKEWED ? SKEWED_WARM_UP_ITEMS : items;
    }

    /** How often a JVM is measured. */
    int samples() {
        return samples;
    }

    /** What must come out. */
    Total expected(int count) {
        long sum = (long) count * (count - 1) / 2;
        return new Total(count, this == JOIN ? Works.JOIN_FACTOR * sum : sum);
    }
}

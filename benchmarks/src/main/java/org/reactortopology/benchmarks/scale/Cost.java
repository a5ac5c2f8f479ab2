package org.reactortopology.benchmarks.scale;

/**
 * What one thread of a coordinator does for an item. A thread that is busy finds the next items waiting when it looks for them; one that is idle must be
 * woken, which costs more. At {@code rate} items a second it is busy for a part {@code p} of the time, and only the items that find it idle, a part
 * {@code 1 - p} of them, cost a wake-up: {@code p = rate * (busy + (1 - p) * wake)}.
 *
 * @param busyMicros for an item that waits already
 * @param wakeMicros more, for one that is waited for
 */
record Cost(double busyMicros, double wakeMicros) {

    private static final double MICROS = 1e6;

    /** Of a thread that needs so long for an item when it is never idle, and so long at that rate. */
    static Cost of(double busyMicros, double itemsPerSecond, double microsAtRate) {
        // solved for the wake-up: microsAtRate = busy + (1 - p) * wake, where p = rate * microsAtRate
        double idle = Math.max(0.01, 1 - itemsPerSecond * microsAtRate / MICROS);
        return new Cost(busyMicros, Math.max(0, (microsAtRate - busyMicros) / idle));
    }

    /** Most items a second. */
    double mostPerSecond() {
        return MICROS / busyMicros;
    }

    /** For each item, at so many a second that come one by one. */
    double microsAt(double itemsPerSecond) {
        return microsAt(itemsPerSecond, 1);
    }

    /** For each item, at so many a second of which so many come together and wake the thread once. */
    double microsAt(double itemsPerSecond, double together) {
        double rate = Math.min(itemsPerSecond, mostPerSecond()) / MICROS;
        double wakeOfEach = wakeMicros / together;
        return (busyMicros + wakeOfEach) / (1 + rate * wakeOfEach);
    }
}

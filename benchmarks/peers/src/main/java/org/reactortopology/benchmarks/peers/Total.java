package org.reactortopology.benchmarks.peers;

import java.io.Serializable;

/** How many results there were, and their sum. Not thread-safe: every thread or lane has its own, which are combined at the end. */
final class Total implements Serializable {

    private static final long serialVersionUID = 1;

    private long count;
    private long sum;

    Total() {
        this(0, 0);
    }

    Total(long count, long sum) {
        this.count = count;
        this.sum = sum;
    }

    Total add(long value) {
        count++;
        sum += value;
        return this;
    }

    Total combine(Total other) {
        count += other.count;
        sum += other.sum;
        return this;
    }

    boolean matches(Total other) {
        return count == other.count && sum == other.sum;
    }

    @Override
    public String toString() {
        return count + " results with sum " + sum;
    }
}

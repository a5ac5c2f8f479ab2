package org.reactortopology.benchmarks.peers;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The numbers from a first one up to a last one, which is not among them. */
final class Numbers implements Iterator<Long> {

    private final long stop;
    private long next;

    Numbers(long start, long stop) {
        this.next = start;
        this.stop = stop;
    }

    /** The share of one of several threads in the numbers below {@code items}. */
    static Numbers share(int items, int index, int shares) {
        return new Numbers((long) items * index / shares, (long) items * (index + 1) / shares);
    }

    @Override
    public boolean hasNext() {
        return next < stop;
    }

    @Override
    public Long next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next++;
    }
}

package org.reactortopology.benchmarks.peers;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** Objects that go from one thread to others through a bounded queue, several at once. An empty chunk is the end, and stays for the other takers. */
final class Handover {

    private static final Long[] END = {};

    private final BlockingQueue<Long[]> queue;
    private final int chunk;

    Handover(int chunks, int chunk) {
        this.queue = new ArrayBlockingQueue<>(chunks);
        this.chunk = chunk;
    }

    /** What one thread puts in. */
    final class Sender {

        private Long[] filling = new Long[chunk];
        private int filled;

        void send(Long value) {
            filling[filled++] = value;
            if (filled == chunk) {
                put(filling);
                filling = new Long[chunk];
                filled = 0;
            }
        }

        /** Sends what is left. */
        void flush() {
            if (filled > 0) {
                put(Arrays.copyOf(filling, filled));
                filled = 0;
            }
        }
    }

    /** Tells all takers that nothing more comes. */
    void end() {
        put(END);
    }

    /** Takes until the end. */
    void receive(Consumer<Long> consumer) {
        for (Long[] values = take(); values.length > 0; values = take()) {
            for (Long value : values) {
                consumer.accept(value);
            }
        }
        put(END);
    }

    private Long[] take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(Long[] values) {
        try {
            queue.put(values);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

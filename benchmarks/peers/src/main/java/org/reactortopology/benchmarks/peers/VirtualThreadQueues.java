package org.reactortopology.benchmarks.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * As many virtual threads as there are processors, which take from a bounded {@code ArrayBlockingQueue}. Short items are handed over in chunks, which is
 * what the cost of a hand-over asks for; long ones alone, so that none waits behind another.
 */
final class VirtualThreadQueues implements Subject {

    private static final int CHUNKS = 16;
    private static final int MANY = 1_024;
    private static final int FEW = 16;

    @Override
    public void start() {
        if (!VirtualThreads.available()) {
            throw new UnsupportedOperationException("virtual threads need Java 21 or newer");
        }
    }

    @Override
    public Total run(PeerLoad load, int items) {
        return switch (load) {
            case NO_OP -> run(items, MANY, item -> Works.same(Works.same(Works.same(Works.same(item)))));
            case SMALL -> run(items, FEW, Works::small);
            case SKEWED -> run(items, 1, Works::skewed);
            case JOIN -> join(items);
        };
    }

    private static Total run(int items, int chunk, UnaryOperator<Long> work) {
        Handover handover = new Handover(CHUNKS, chunk);
        List<Supplier<Total>> tasks = new ArrayList<>();
        tasks.add(() -> {
            send(items, List.of(handover));
            return new Total();
        });
        for (int i = 0; i < PARALLELISM; i++) {
            tasks.add(() -> {
                Total total = new Total();
                handover.receive(item -> total.add(work.apply(item)));
                return total;
            });
        }
        return VirtualThreads.all(tasks).stream().reduce(new Total(), Total::combine);
    }

    /** One thread for each work, and one that joins: results come as the key and then the value. */
    private static Total join(int items) {
        Handover toLeft = new Handover(CHUNKS, MANY);
        Handover toRight = new Handover(CHUNKS, MANY);
        Handover results = new Handover(CHUNKS, MANY);
        AtomicInteger working = new AtomicInteger(2);
        List<Supplier<Total>> tasks = List.of(
                () -> {
                    send(items, List.of(toLeft, toRight));
                    return new Total();
                },
                () -> work(toLeft, results, working, Works::left),
                () -> work(toRight, results, working, Works::right),
                () -> joined(results));
        return VirtualThreads.all(tasks).stream().reduce(new Total(), Total::combine);
    }

    private static void send(int items, List<Handover> receivers) {
        List<Handover.Sender> senders =
                receivers.stream().map(receiver -> receiver.new Sender()).toList();
        for (long i = 0; i < items; i++) {
            Long item = i;
            for (Handover.Sender sender : senders) {
                sender.send(item);
            }
        }
        senders.forEach(Handover.Sender::flush);
        receivers.forEach(Handover::end);
    }

    private static Total work(Handover items, Handover results, AtomicInteger working, UnaryOperator<Long> work) {
        Handover.Sender sender = results.new Sender();
        items.receive(item -> {
            sender.send(item);
            sender.send(work.apply(item));
        });
        sender.flush();
        if (working.decrementAndGet() == 0) {
            results.end();
        }
        return new Total();
    }

    private static Total joined(Handover results) {
        Joining joining = new Joining();
        results.receive(joining::accept);
        return joining.total;
    }

    /** Finds the other side of each result. */
    private static final class Joining {

        private final Map<Long, Long> waiting = new HashMap<>();
        private final Total total = new Total();
        private @Nullable Long key;

        void accept(Long value) {
            Long started = key;
            if (started == null) {
                key = value;
                return;
            }
            Long other = waiting.remove(started);
            if (other == null) {
                waiting.put(started, value);
            } else {
                total.add(other + value);
            }
            key = null;
        }
    }

    @Override
    public void close() {
        // Every run has ended its threads.
    }
}

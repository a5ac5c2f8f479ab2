package org.reactortopology.internal.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Cuts the stack of long chains of works whose values come later. A value that is there at once is passed on from inside of the call that asked for it, so
 * each such work behind the first is called deeper on the stack. Behind every {@value #WORKS}th of them values wait, one at most, until the thread is back
 * at the first place of this kind. Shorter chains are left as they are.
 */
final class Unwinding {

    /** Works of a chain between two cuts. Twice as many are on the stack at most. */
    static final int WORKS = 16;

    private final Set<Integer> cuts = new HashSet<>();
    private final Scheduler trampoline = new Trampoline();

    /** Of one run of these nodes, each of which stands behind those that it takes from. */
    Unwinding(List<Node> nodes) {
        Map<Integer, Integer> depths = new HashMap<>();
        for (Node node : nodes) {
            int above = node.inputs().stream()
                    .mapToInt(input -> depths.getOrDefault(input, 0))
                    .max()
                    .orElse(0);
            int depth = isDeferred(node) ? above + 1 : above;
            if (depth == WORKS) {
                cuts.add(node.id());
                depth = 0;
            }
            depths.put(node.id(), depth);
        }
    }

    private static boolean isDeferred(Node node) {
        return node.step() instanceof Step.WorkStep work && !Call.fuses(work);
    }

    /** What a node emits, in calls that are not too deep. */
    Flux<Object> of(int node, Flux<Object> emitted) {
        return cuts.contains(node) ? emitted.publishOn(trampoline, 1) : emitted;
    }

    /**
     * Runs tasks on the calling thread, those that come while one runs there behind it. Holds one task of each cut at most. Nothing is taken back: a task that
     * waits when its cut is cancelled runs, and discards what the cut holds. What a task throws reaches the first caller, behind the tasks that wait.
     */
    private static final class Trampoline implements Scheduler {

        private static final ThreadLocal<@Nullable Inside> INSIDE = new ThreadLocal<>();

        @Override
        public Disposable schedule(Runnable task) {
            execute(task);
            return Disposables.disposed();
        }

        @Override
        public Worker createWorker() {
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return Trampoline.this.schedule(task);
                }

                @Override
                public void dispose() {} // see above
            };
        }

        private void execute(Runnable task) {
            Inside outer = INSIDE.get();
            for (Inside inside = outer; inside != null; inside = inside.outer) {
                if (inside.of == this) {
                    inside.waiting.add(task);
                    return;
                }
            }
            Inside inside = new Inside(this, outer, new ArrayDeque<>());
            INSIDE.set(inside);
            try {
                runAll(task, inside.waiting);
            } finally {
                if (outer == null) {
                    INSIDE.remove();
                } else {
                    INSIDE.set(outer);
                }
            }
        }

        private static void runAll(Runnable first, Queue<Runnable> waiting) {
            Throwable thrown = null;
            for (Runnable next = first; next != null; next = waiting.poll()) {
                try {
                    next.run();
                } catch (RuntimeException | Error e) { // fatal, or it would have become a signal
                    if (thrown == null) {
                        thrown = e;
                    } else if (thrown != e) {
                        thrown.addSuppressed(e);
                    }
                }
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        }
    }

    /**
     * That the thread runs tasks of a run. A work may block for another run, whose tasks must not wait for it then.
     *
     * @param outer what the thread was inside of before
     * @param waiting confined to the thread
     */
    private record Inside(Trampoline of, @Nullable Inside outer, Queue<Runnable> waiting) {}
}

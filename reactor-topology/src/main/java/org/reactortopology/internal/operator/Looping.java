package org.reactortopology.internal.operator;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Step;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/** A feedback edge: items that enter, and those that come round again. Used for one run. */
public final class Looping {

    private final Step.LoopStep step;
    private final Gate gate;

    /** Holds at most as many items as may be in the loop. */
    private final Queue<Item> returning = Queues.<Item>unboundedMultiproducer().get();

    private final Sinks.Many<Item> round = Sinks.many().unicast().onBackpressureBuffer(returning);

    /** Items in the loop, and one for the items that may still enter. */
    private final AtomicInteger inside = new AtomicInteger(1);

    /** Confined to {@link #leave}'s flux, which is serialized: finished rounds of the items that come round. */
    private final Map<String, Integer> rounds = new HashMap<>();

    /** By identity, how parts that are in the loop had ended before it, and how many of them so: parts of one item may share its outcome. */
    private final Map<Outcome<Object>, Integer> endedBefore = Collections.synchronizedMap(new IdentityHashMap<>());

    /** A loop that nothing has entered. */
    public Looping(Step.LoopStep step) {
        this.step = step;
        this.gate = new Gate(step.inFlight());
    }

    /** What goes into the body. */
    public Flux<Item> enter(Flux<Item> items) {
        Flux<Item> entering = gate.guard(items).doOnNext(this::entered).doOnComplete(this::oneLess);
        return Flux.just(round.asFlux(), entering).flatMap(each -> each, 2, step.inFlight());
    }

    /** What leaves, of what comes out of the body: {@link Step.Routed} with whether the item leaves, or ended items. */
    public Flux<Item> leave(Flux<Item> items) {
        return items.<Item>handle((item, sink) -> {
                    if (item.value() instanceof Step.Routed asked
                            && asked.route().equals(false)) {
                        int finished = rounds.merge(item.key(), 1, Integer::sum);
                        if (finished < step.maxRounds()) {
                            round.tryEmitNext(item.withValue(asked.value()));
                            return;
                        }
                        sink.next(item.failed(step.name(), tooManyRounds(item)));
                    } else {
                        sink.next(item.value() instanceof Step.Routed asked ? item.withValue(asked.value()) : item);
                    }
                    forget(item);
                })
                .doOnNext(item -> {
                    gate.release();
                    oneLess();
                });
    }

    private void entered(Item item) {
        inside.incrementAndGet();
        if (item.ended() != null) {
            endedBefore.merge(item.ended(), 1, Integer::sum);
        }
    }

    /** A part that had ended before the loop has made no rounds: those of its key are another part's, which may still go round. */
    private void forget(Item left) {
        Outcome<Object> ended = left.ended();
        if (ended != null && endedBefore.containsKey(ended)) {
            endedBefore.computeIfPresent(ended, (same, parts) -> parts == 1 ? null : parts - 1);
        } else {
            rounds.remove(left.key());
        }
    }

    private void oneLess() {
        if (inside.decrementAndGet() == 0) {
            round.tryEmitComplete();
        }
    }

    private TopologyException tooManyRounds(Item item) {
        return new TopologyException("key '" + item.key() + "' has not met the exit condition of loop '" + step.name()
                + "' after " + step.maxRounds() + " rounds: raise maxRounds or change the condition");
    }
}

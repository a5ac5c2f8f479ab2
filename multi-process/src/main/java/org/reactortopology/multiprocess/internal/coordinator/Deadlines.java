package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Deadline;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Watch;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.WorkWatch;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * The clock of the calls that run in workers under a deadline. The worker interrupts a call itself; one that has not ended {@value #GRACE_MILLIS} ms after
 * its deadline, because it loops, hangs in native code, or its process is frozen, is told of here. One timer, for the call that is due next. Confined to the
 * mailbox.
 */
final class Deadlines {

    /** How long a call may take to end after the interrupt. */
    private static final long GRACE_MILLIS = 500;

    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);

    /** Longer than any run. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    /** Calls of one work for what was made of one item: they are told apart by their order only. */
    private record Place(long number, int work) {}

    /** When it began, and when it last showed progress. */
    private static final class Call {
        private final long began;
        private long sign;

        Call(long now) {
            began = now;
            sign = now;
        }
    }

    private final List<Step.WorkStep> works;
    private final Mailbox mailbox;
    private final LongSupplier nanoTime;
    private final BiConsumer<WorkerLink, Overdue> overdue;
    private final Map<WorkerLink, Map<Place, Deque<Call>>> calls = new LinkedHashMap<>();
    private final Disposable.Swap timer = Disposables.swap();

    /** When the timer fires, if one is set. */
    private @Nullable Long due;

    /** Tells {@code overdue}, once for each worker. */
    Deadlines(
            List<Step.WorkStep> works,
            Mailbox mailbox,
            LongSupplier nanoTime,
            BiConsumer<WorkerLink, Overdue> overdue) {
        this.works = works;
        this.mailbox = mailbox;
        this.nanoTime = nanoTime;
        this.overdue = overdue;
    }

    /** Calls began, showed progress or ended in that worker. */
    void heard(WorkerLink link, Watch watch) {
        Map<Place, Deque<Call>> running = calls.computeIfAbsent(link, unknown -> new HashMap<>());
        long now = nanoTime.getAsLong();
        for (Watch.Entry entry : watch.events()) {
            if (entry.work() < 0 || entry.work() >= works.size()) {
                throw new ProtocolException("it watches work " + entry.work() + ": there are " + works.size());
            }
            Place place = new Place(entry.sequence(), entry.work());
            switch (entry.event()) {
                case BEGAN -> {
                    Call call = new Call(now);
                    running.computeIfAbsent(place, unknown -> new ArrayDeque<>())
                            .add(call);
                    arm(deadline(call, entry.work()));
                }
                case TICKED -> running.getOrDefault(place, new ArrayDeque<>()).forEach(call -> call.sign = now);
                case ENDED ->
                    running.computeIfPresent(place, (same, begun) -> {
                        begun.poll();
                        return begun.isEmpty() ? null : begun;
                    });
            }
        }
    }

    /** The worker is gone, or has let go. */
    void forget(WorkerLink link) {
        calls.remove(link);
    }

    /** The run is over. */
    void close() {
        timer.dispose();
        calls.clear();
    }

    private Optional<Duration> total(int work) {
        return works.get(work).work().timeout();
    }

    private Optional<Duration> silence(int work) {
        return works.get(work).work().silence();
    }

    private long deadline(Call call, int work) {
        // nanoTime may be negative, and a limit longer than a lifetime: all is reckoned from now
        long now = nanoTime.getAsLong();
        long total = total(work).map(limit -> nanos(limit) - (now - call.began)).orElse(NEVER);
        long silence = silence(work)
                .map(limit -> nanos(limit) + WorkWatch.tickEvery(limit).toNanos() - (now - call.sign))
                .orElse(NEVER);
        return now + Math.min(total, silence) + GRACE;
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(Duration.ofNanos(NEVER)) < 0 ? limit.toNanos() : NEVER;
    }

    private void arm(long at) {
        if (due == null || at - due < 0) {
            due = at;
            timer.update(Schedulers.parallel()
                    .schedule(
                            () -> mailbox.post(this::look),
                            Math.max(0, at - nanoTime.getAsLong()),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void look() {
        due = null;
        long now = nanoTime.getAsLong();
        Map<WorkerLink, Overdue> late = new LinkedHashMap<>();
        long next = now + NEVER;
        for (Map.Entry<WorkerLink, Map<Place, Deque<Call>>> of : calls.entrySet()) {
            for (Map.Entry<Place, Deque<Call>> running : of.getValue().entrySet()) {
                Place place = running.getKey();
                for (Call call : running.getValue()) {
                    long at = deadline(call, place.work());
                    if (at - now <= 0) {
                        late.putIfAbsent(of.getKey(), late(place, call, now));
                    } else {
                        next = at - next < 0 ? at : next;
                    }
                }
            }
        }
        late.keySet().forEach(calls::remove);
        if (next - now < NEVER) {
            arm(next);
        }
        late.forEach(overdue);
    }

    private Overdue late(Place place, Call call, long now) {
        Duration limit = total(place.work()).orElse(Duration.ofNanos(NEVER));
        boolean total = now - call.began >= nanos(limit);
        return new Overdue(
                place.number(),
                place.work(),
                works.get(place.work()).name(),
                total ? Deadline.TOTAL : Deadline.SILENCE,
                total ? limit : silence(place.work()).orElse(limit),
                Duration.ofNanos(now - (total ? call.began : call.sign)));
    }
}

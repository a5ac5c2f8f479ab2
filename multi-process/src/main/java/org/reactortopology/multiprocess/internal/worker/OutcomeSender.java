package org.reactortopology.multiprocess.internal.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.reactivestreams.Subscription;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Broken;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends what the lanes have finished, as far as the coordinator's credit goes: asks the lanes for as many outcomes as it may send, holds them for a short time
 * while there is more to do here, and puts what has come together into one frame. An outcome is never held for longer than the run says, nor beyond half of the items that are
 * here, half of the outcomes that may be sent, or what fills a frame: so the lanes have as much left to do when the coordinator is told, and one item alone waits for
 * nothing. Gives back the credit of each item behind its own outcome, which comes after those of what was made of it.
 */
final class OutcomeSender extends BaseSubscriber<Outcomes.Entry> {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);

    private static final int BATCH_BYTES = 64 * 1024;
    private static final long STATS_EVERY_NANOS = 100_000_000L;

    /** What is here may be held up to this part of it. */
    private static final int PART = 2;

    /** The works of the run. */
    interface Works {

        /** What they have done. */
        Stats stats();

        /** What their aggregates have come to since the last call: the user's code. */
        List<Partial> partials();

        /** Completes when they have ended. */
        Mono<Void> ended();
    }

    private final int run;
    private final Connection connection;
    private final Works works;
    private final Consumer<WorkerSession.End> broken;
    private final LongSupplier nanoTime;

    /** What the aggregates came to; set by the lanes before {@link #lanesDone}. */
    private List<Partial> accumulated = List.of();

    private final HeldOutcomes held;
    private final AtomicBoolean sendingPosted = new AtomicBoolean();

    /** Set when the lanes have ended, before the last post. */
    private volatile boolean lanesDone;

    /** Confined to the connection's thread, like all below. */
    private final ItemCredit items;

    /** Outcomes that this side was ever allowed to send. */
    private long allowed;

    /** Bytes that this side may still send; may be below zero by one outcome. */
    private long byteCredit;

    private long statsSent;

    /** Entries of the batch that was sent last. */
    private int usualBatch;

    private boolean finishedSent;
    private boolean checkpointDue;
    private boolean dropped;

    /**
     * Sends over the connection, once it is subscribed to the works.
     *
     * @param given what the coordinator may send from the start
     * @param holdNanos how long an outcome may be held, at most
     */
    OutcomeSender(
            Connection connection,
            Credit given,
            long holdNanos,
            Works works,
            Consumer<WorkerSession.End> broken,
            LongSupplier nanoTime) {
        this.run = given.run();
        this.connection = connection;
        this.items = new ItemCredit(given);
        this.held = new HeldOutcomes(connection, holdNanos, nanoTime, this::send);
        this.works = works;
        this.broken = broken;
        this.nanoTime = nanoTime;
        this.statsSent = nanoTime.getAsLong();
    }

    /**
     * Notes an item that came in.
     *
     * @throws ProtocolException if it goes beyond the credit that was given
     */
    void received(long sequence, int bytes) {
        items.received(sequence, bytes);
    }

    /** All items of a frame have been noted: with more to do here, more may be held. */
    void receivedAll() {
        send();
    }

    /** Sends nothing more, and ends the lanes. */
    void drop() {
        dropped = true;
        held.block();
        cancel();
    }

    /**
     * Sends the accumulators when every item that has come is answered; none comes until then.
     */
    void checkpoint() {
        checkpointDue = true;
        send();
    }

    /** The coordinator lets this side send more. */
    void credit(Credit credit) {
        byteCredit += credit.bytes();
        allowed += credit.items();
        if (credit.items() > 0) {
            request(credit.items());
        }
        send();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // the first credit is the first request
    }

    @Override
    protected void hookOnNext(Outcomes.Entry outcome) {
        if (held.add(outcome)) {
            postSending();
        }
    }

    @Override
    protected void hookOnComplete() {
        try {
            accumulated = works.partials();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's code
            hookOnError(e);
            return;
        }
        // a lane passes its counts on when it pauses, which may be after its last result
        works.ended().subscribe(nothing -> {}, this::hookOnError, () -> {
            lanesDone = true;
            postSending();
        });
    }

    @Override
    protected void hookOnError(Throwable error) {
        LOG.error("the run broke", error);
        if (isCausedBy(error, VirtualMachineError.class)) { // this JVM is to be judged as after a crash
            broken.accept(WorkerSession.End.FATAL);
            return;
        }
        if (isCausedBy(
                error, ProtocolException.class)) { // a value is not where it should be: another worker may have it
            broken.accept(WorkerSession.End.PROTOCOL);
            return;
        }
        connection.execute(() -> {
            if (!dropped) {
                sendHeld();
                connection.send(new Broken(run, error.toString()));
            }
        });
    }

    /** Off the connection's thread: combining is the user's code and may take its time. */
    private void sendPartials() {
        Mono.fromCallable(works::partials)
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(
                        all -> connection.execute(() -> {
                            if (!isDisposed()) {
                                all.forEach(connection::send);
                            }
                        }),
                        error -> connection.execute(() -> hookOnError(error)));
    }

    private static boolean isCausedBy(Throwable error, Class<? extends Throwable> type) {
        return type.isInstance(error)
                || (error.getCause() != null && error.getCause() != error && isCausedBy(error.getCause(), type));
    }

    /** Sends what the works have done if that was not told of late. Any thread. */
    void tell() {
        connection.execute(() -> {
            if (!finishedSent && !isDisposed() && nanoTime.getAsLong() - statsSent > STATS_EVERY_NANOS) {
                sendStats();
            }
        });
    }

    private void sendStats() {
        statsSent = nanoTime.getAsLong();
        connection.send(works.stats());
    }

    private void postSending() {
        if (sendingPosted.compareAndSet(false, true)) {
            connection.execute(() -> {
                sendingPosted.set(false);
                send();
            });
        }
    }

    /** Sends what is due, and says when the rest will be. */
    private void send() {
        if (dropped) {
            return;
        }
        boolean last = lanesDone; // read before the outcomes: none is added after this was set
        long answeredBefore = items.answered();
        if (last || checkpointDue || held.isDue(mayHold(), mayHoldBytes())) {
            sendHeld();
        }
        while (isMoreDue()) {
            sendHeld();
        }
        boolean answered = items.answered() != answeredBefore;
        Credit more = items.more();
        if (more != null) {
            connection.send(more);
        }
        if (checkpointDue && items.here() == 0) {
            checkpointDue = false;
            sendPartials();
        }
        boolean all = last && held.isEmpty() && !finishedSent;
        if (all || (answered && nanoTime.getAsLong() - statsSent > STATS_EVERY_NANOS)) {
            sendStats();
        }
        if (all) {
            finishedSent = true;
            accumulated.forEach(connection::send);
            connection.send(new Finished(run));
        }
    }

    /** Whether something has become due meanwhile; if not, the lanes know when it will be. */
    private boolean isMoreDue() {
        if (byteCredit <= 0) {
            held.block();
            return false;
        }
        return held.hold(mayHold(), mayHoldBytes());
    }

    private long mayHold() {
        return checkpointDue ? 1 : Math.max(1, Math.min(items.here(), allowed - held.taken()) / PART);
    }

    private long mayHoldBytes() {
        return Math.max(1, Math.min(BATCH_BYTES, byteCredit / PART));
    }

    private void sendHeld() {
        held.sending();
        int bytes = 0;
        List<Outcomes.Entry> batch = List.of();
        while (byteCredit > 0 && !held.isEmpty()) {
            Outcomes.Entry outcome = held.take();
            if (batch.isEmpty()) {
                batch = new ArrayList<>(usualBatch);
            }
            batch.add(outcome);
            byteCredit -= outcome.bodyBytes();
            bytes += HeldOutcomes.weight(outcome);
            if (!outcome.derived()) {
                items.answered(outcome.sequence());
            }
            if (bytes >= BATCH_BYTES) {
                send(batch);
                batch = List.of();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<Outcomes.Entry> batch) {
        connection.send(new Outcomes(run, batch));
        usualBatch = batch.size();
    }
}

package org.reactortopology.multiprocess.internal.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reactivestreams.Subscription;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Broken;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Finished;
import org.reactortopology.multiprocess.internal.wire.Numbered;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Sends what the lanes have finished, as far as the coordinator's credit goes: asks the lanes for as many outcomes as it may send, holds those
 * for which no bytes are left, and puts what has come together since the last time into one frame. Gives back the credit of each item with
 * its own outcome, which comes after those of what was made of it.
 */
final class OutcomeSender extends BaseSubscriber<Outcomes.Entry> {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);

    private static final int BATCH_BYTES = 64 * 1024;
    private static final long STATS_EVERY_NANOS = 100_000_000L;

    private final int run;
    private final Connection connection;
    private final Supplier<Stats> stats;
    private final Supplier<List<Partial>> partials;
    private final Mono<Void> lanesEnded;
    private final Consumer<WorkerSession.End> broken;

    /** What the aggregates came to; set by the lanes before {@link #lanesDone}. */
    private List<Partial> accumulated = List.of();

    /** Filled by the lanes, one at a time; emptied on the connection's thread. Bounded by the credit in items. */
    private final Queue<Outcomes.Entry> finished =
            Queues.<Outcomes.Entry>unboundedMultiproducer().get();

    private final AtomicBoolean sendingPosted = new AtomicBoolean();

    /** Set when the lanes have ended, before the last post. */
    private volatile boolean lanesDone;

    /** Confined to the connection's thread, like all below: payload bytes of the items that have no outcome yet. */
    private final Numbered<Integer> payloadBytes = new Numbered<>();

    /** What the coordinator may still send: items and payload bytes; the bytes may be below zero by one item. */
    private long itemRoom;

    private long byteRoom;

    /** Bytes that this side may still send; may be below zero by one outcome. */
    private long byteCredit;

    private long statsSent = System.nanoTime();

    /** Entries of the batch that was sent last. */
    private int usualBatch;

    private boolean finishedSent;
    private boolean checkpointDue;

    OutcomeSender(
            int run,
            Connection connection,
            Credit given,
            Supplier<Stats> stats,
            Supplier<List<Partial>> partials,
            Mono<Void> lanesEnded,
            Consumer<WorkerSession.End> broken) {
        this.run = run;
        this.connection = connection;
        this.itemRoom = given.items();
        this.byteRoom = given.bytes();
        this.stats = stats;
        this.partials = partials;
        this.lanesEnded = lanesEnded;
        this.broken = broken;
    }

    /**
     * Notes an item that came in.
     *
     * @throws ProtocolException if it goes beyond the credit that was given
     */
    void received(long sequence, int bytes) {
        if (itemRoom <= 0 || byteRoom <= 0) {
            throw new ProtocolException("an item came with a credit of " + itemRoom + " items and " + byteRoom
                    + " bytes: both must be above 0");
        }
        itemRoom--;
        byteRoom -= bytes;
        payloadBytes.put(sequence, bytes);
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
        finished.offer(outcome);
        postSending();
    }

    @Override
    protected void hookOnComplete() {
        try {
            accumulated = partials.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's code
            hookOnError(e);
            return;
        }
        // a lane passes its counts on when it pauses, which may be after its last result
        lanesEnded.subscribe(nothing -> {}, this::hookOnError, () -> {
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
        connection.send(new Broken(run, error.toString()));
    }

    /** Off the connection's thread: combining is the user's code and may take its time. */
    private void sendPartials() {
        Mono.fromCallable(partials::get)
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
            if (!finishedSent && !isDisposed() && System.nanoTime() - statsSent > STATS_EVERY_NANOS) {
                sendStats();
            }
        });
    }

    private void sendStats() {
        statsSent = System.nanoTime();
        connection.send(stats.get());
    }

    private void postSending() {
        if (sendingPosted.compareAndSet(false, true)) {
            connection.execute(() -> {
                sendingPosted.set(false);
                send();
            });
        }
    }

    private void send(List<Outcomes.Entry> batch) {
        connection.send(new Outcomes(run, batch));
        usualBatch = batch.size();
    }

    private void send() {
        boolean last = lanesDone; // read before the queue: nothing is added to it after this was set
        int items = 0;
        long freed = 0;
        int bytes = 0;
        List<Outcomes.Entry> batch = List.of();
        while (byteCredit > 0 && !finished.isEmpty()) {
            Outcomes.Entry outcome = finished.remove();
            if (batch.isEmpty()) {
                batch = new ArrayList<>(usualBatch);
            }
            batch.add(outcome);
            byteCredit -= outcome.bodyBytes();
            bytes += outcome.bytes() + (outcome.large() instanceof Claim ? outcome.bodyBytes() : 0);
            if (!outcome.derived()) {
                items++;
                Integer payload = payloadBytes.remove(outcome.sequence());
                freed += payload == null ? 0 : payload;
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
        if (items > 0) {
            itemRoom += items;
            byteRoom += freed;
            connection.send(new Credit(run, items, freed));
        }
        if (checkpointDue && payloadBytes.isEmpty()) {
            checkpointDue = false;
            sendPartials();
        }
        boolean all = last && finished.isEmpty() && !finishedSent;
        if (all || (items > 0 && System.nanoTime() - statsSent > STATS_EVERY_NANOS)) {
            sendStats();
        }
        if (all) {
            finishedSent = true;
            accumulated.forEach(connection::send);
            connection.send(new Finished(run));
        }
    }
}

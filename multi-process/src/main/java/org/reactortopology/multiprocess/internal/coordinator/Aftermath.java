package org.reactortopology.multiprocess.internal.coordinator;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.reactortopology.Outcome;
import org.reactortopology.RetryPolicy;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** What becomes of the items that a worker had when it died: they are run again, alone or among others, or end. Confined to the mailbox. */
final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    /** The run that the items are of. */
    interface Run {

        /** Where items go that are to be run again. */
        Assignment assignment();

        /** An item has come back: there may be something to do. */
        void goOn();

        /** The run cannot be completed. */
        void cannotGoOn(TopologyException why);
    }

    private final WorkerSlice slice;
    private final CrashPolicy crashPolicy;
    private final OutcomePort port;
    private final Mailbox mailbox;
    private final Run run;
    private final Disposable.Composite delays = Disposables.composite();

    Aftermath(WorkerSlice slice, CrashPolicy crashPolicy, OutcomePort port, Mailbox mailbox, Run run) {
        this.slice = slice;
        this.crashPolicy = crashPolicy;
        this.port = port;
        this.mailbox = mailbox;
        this.run = run;
    }

    /**
     * Deals with the items of a worker that has died.
     *
     * @param busyWith the numbers of those that it had begun, if that is known
     */
    void of(Slot slot, WorkerLink link, WorkerEnding how, Optional<Set<Long>> busyWith) {
        for (Flight flight : link.unfinished()) {
            if (link.condemned() != null) {
                spared(flight, slot, link.condemned());
                continue;
            }
            boolean busy = link.holds(flight)
                    && busyWith.map(numbers -> numbers.contains(flight.number()))
                            .orElse(true);
            switch (Blame.judge(flight, busy, how)) {
                case AGAIN -> run.assignment().again(flight, slot);
                case ALONE -> run.assignment().alone(flight);
                case GUILTY -> crashed(flight, how);
            }
        }
    }

    /** Takes nothing back any more. */
    void close() {
        delays.dispose();
    }

    private void spared(Flight flight, Slot slot, Overdue call) {
        Assignment work = run.assignment();
        if (flight.number() != call.number()) {
            work.again(flight, slot);
            return;
        }
        RetryPolicy policy =
                slice.plan().works().get(call.work()).work().retryPolicy().orElse(RetryPolicy.none());
        int overdue = flight.overdue();
        if (overdue <= policy.timeouts()) {
            later(policy.delay(overdue).toMillis(), () -> work.again(flight, slot));
        } else if (flight.isAnswered()) {
            incomplete(flight, call.text(flight.key()));
        } else {
            port.emitOwn(call.of(flight.givenUp()));
        }
    }

    private void crashed(Flight flight, WorkerEnding how) {
        int crashes = flight.crashed();
        if (flight.isAnswered()) {
            incomplete(flight, "it kills every worker; " + how.text());
            return;
        }
        if (crashPolicy.again(crashes)) {
            if (crashPolicy.escalates()) {
                flight.escalate();
            }
            later(crashPolicy.delayMillis(crashes), () -> run.assignment().alone(flight));
            return;
        }
        LOG.warn(
                "topology '{}': item '{}' killed the worker that ran it alone: {}",
                slice.plan().name(),
                flight.key(),
                how.text());
        port.emitOwn(flight.givenUp()
                .ended(new Outcome.Crashed<>(
                        flight.key(),
                        flight.item().index(),
                        how.how(),
                        how.exitCode(),
                        how.crashReport(),
                        how.log(),
                        flight.attempts())));
    }

    /** An item whose outcome is told cannot be accumulated again. */
    private void incomplete(Flight flight, String why) {
        run.cannotGoOn(new TopologyException("topology '" + slice.plan().name() + "': item '" + flight.key()
                + "' had an outcome, but the worker that had accumulated its value died, and it cannot be run again: "
                + "the aggregates cannot be completed; " + why));
    }

    /** Takes an item back after a while. */
    private void later(long millis, Runnable back) {
        Assignment work = run.assignment();
        work.expect();
        delays.add(Schedulers.parallel()
                .schedule(
                        () -> mailbox.post(() -> {
                            work.expected();
                            back.run();
                            run.goOn();
                        }),
                        millis,
                        TimeUnit.MILLISECONDS));
    }
}

package org.reactortopology.multiprocess.internal.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.coordinator.WorkerLauncher;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Workers that outlive the runs they serve. Starts them when runs ask, hands them out in fair shares, takes them back, and ends those that are idle or
 * worn. Everything it decides, it decides in its mailbox; it sees no process and has no thread of its own.
 */
public final class Pool {

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final PoolSettings settings;
    private final WorkerStarter starter;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /** Written by the mailbox; read by whoever asks how a worker ended. */
    private volatile boolean closing;

    /** Confined to the mailbox, like all below. */
    private final Members members = new Members();

    private final MemoryWatch memory;

    private final Shares shares;
    private final Turns turns;
    private final Lives lives;

    /** Requests for larger heaps, which are served one at a time beside the others. */
    private final Deque<Request> escalated = new ArrayDeque<>();

    private final Map<Member, Disposable> starts = new LinkedHashMap<>();
    private int numbers;
    private boolean spareFailed;
    private boolean clean = true;

    /**
     * Starts nothing yet. Takes its time from {@code scheduler}, whose threads may be shared and are never blocked; asks the operating system on
     * {@code mayBlock}.
     */
    public Pool(PoolSettings settings, WorkerStarter starter, Scheduler scheduler, Scheduler mayBlock) {
        this.settings = settings;
        this.starter = starter;
        this.scheduler = scheduler;
        this.shares = new Shares(settings.workers());
        this.mailbox = new Mailbox(scheduler);
        this.memory = new MemoryWatch(settings, members, scheduler, mayBlock, this::post, this::worn);
        this.turns = new Turns(this, settings, members, shares);
        this.lives = new Lives(this, settings, members, memory);
    }

    /** What one more run needs of it. */
    public WorkerLauncher launcher() {
        return new RunLauncher(this, false);
    }

    /** What the only run needs of it; the pool is closed when that is released. */
    public WorkerLauncher onlyLauncher() {
        return new RunLauncher(this, true);
    }

    /** Starts so many workers, and no more than runs may have, before any run has asked for one. */
    public void startAhead(int workers) {
        post(() -> {
            for (int i = members.all().size() - members.count(Member.State.ENDING);
                    !closing && i < Math.min(workers, settings.workers());
                    i++) {
                start(new Member(numbers++, null), 1);
            }
        });
    }

    /**
     * Ends all workers: those that a run has are killed, the others may end by themselves. Requests that wait fail. Completes when nothing is left;
     * subscribing again does no harm.
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            post(this::closeNow);
            return closed.asMono();
        });
    }

    void post(Runnable task) {
        mailbox.post(task);
    }

    /** What a worker's end is told as. */
    WorkerEnding explained(WorkerEnding ending) {
        return closing
                ? new WorkerEnding(
                        ending.exitCode(),
                        "the worker pool was closed under the run (" + ending.how() + ")",
                        ending.crashReport(),
                        ending.log())
                : ending;
    }

    void requested(Request request) {
        if (closing || request.run().isReleased()) {
            refuse(request);
        } else if (request.isEscalated()) {
            escalated.add(request);
        } else {
            shares.add(request);
        }
        serve();
    }

    private static void refuse(Request request) {
        if (request.run().isReleased()) {
            request.drop();
        } else {
            request.fail(new WorkerStartException("the worker pool is closed: it gives no worker any more"));
        }
    }

    /** Nobody waits for that request any more; if it was served at the same time, the worker comes back. */
    void cancelled(Request request) {
        Lease granted = request.granted();
        if (granted != null) {
            granted.giveBack();
            return;
        }
        if (!shares.remove(request) && !escalated.remove(request)) {
            members.startingFor(request.run(), request).forEach(this::stopStart);
        }
        serve();
    }

    /** The run is over. */
    void released(RunLauncher run, boolean cleanly) {
        run.release();
        clean &= cleanly;
        shares.removeOf(run).forEach(Request::drop);
        List<Request> larger =
                escalated.stream().filter(request -> request.run() == run).toList();
        escalated.removeAll(larger);
        larger.forEach(Request::drop);
        for (Member member : members.startingFor(run, null)) {
            stopStart(member);
            Objects.requireNonNull(member.only()).drop();
        }
        List.copyOf(run.leases()).forEach(Lease::giveBack); // behind this task
        run.dead().forEach(lease -> lease.member().worker().forget());
        run.dead().clear();
        post(() -> {
            run.tellIfGone();
            serve();
        });
    }

    /** The run has let go of a worker. */
    void givenBack(Lease lease) {
        if (!lease.end()) {
            return;
        }
        RunLauncher run = lease.run();
        Member member = lease.member();
        run.leases().remove(lease);
        if (run.dead().remove(lease)) {
            member.worker().forget();
        } else if (member.is(Member.State.LEASED)) {
            if (lease.isAsked()) {
                shares.moveBack(run);
            }
            member.state(Member.State.CLEANING);
            run.leaving().add(member);
            if (lease.isFree()) {
                lives.cleaned(member);
            } else {
                member.timer(after(settings.freeTimeout().toNanos(), () -> lives.stuck(member)));
            }
        }
        serve();
    }

    /** The worker says that nothing of the run is left in it. */
    void freed(Lease lease) {
        Member member = lease.member();
        if (member.lease() == lease && member.is(Member.State.CLEANING)) {
            lives.cleaned(member);
            serve();
        }
    }

    /** Gives what there is, starts what is missing, asks back what is due. */
    void serve() {
        if (closing) {
            return;
        }
        for (Member idle = members.nextIdle();
                idle != null && !shares.isEmpty() && mayLease();
                idle = members.nextIdle()) {
            grant(shares.next(members.leases()), idle);
        }
        startMissing();
        turns.askBack();
    }

    private boolean mayLease() {
        return members.count(Member.State.LEASED) + members.count(Member.State.CLEANING) < settings.workers();
    }

    /** Whether a run has a worker or waits for one. */
    boolean isInUse() {
        return !shares.isEmpty() || members.isAnyLeased();
    }

    private void grant(Request request, Member member) {
        spareFailed = false;
        Lease lease = new Lease(this, request.run(), member, settings.recycleAfter(), now());
        member.state(Member.State.LEASED);
        member.lease(lease);
        request.run().leases().add(lease);
        memory.leased();
        request.grant(lease);
    }

    private void startMissing() {
        int leased = members.count(Member.State.LEASED);
        int demand = Math.min(shares.size(), settings.workers() - leased);
        int coming = members.count(Member.State.STARTING)
                + members.count(Member.State.IDLE)
                + members.count(Member.State.CLEANING);
        int ahead = isInUse() && !spareFailed ? settings.spares() : 0;
        int room = settings.workers() + settings.spares() - leased - coming;
        for (int i = Math.min(demand + ahead - coming, room); i > 0; i--) {
            start(new Member(numbers++, null), 1);
        }
        if (!members.isAnyEscalated() && !escalated.isEmpty()) {
            Request request = escalated.remove();
            start(new Member(numbers++, request), request.heapFactor());
        }
    }

    private void start(Member member, double heapFactor) {
        members.add(member);
        Disposable.Swap start = Disposables.swap();
        starts.put(member, start);
        start.update(starter.start(member.number(), heapFactor)
                .switchIfEmpty(Mono.error(() -> new WorkerStartException("the worker pool is closed")))
                .subscribe(
                        worker -> post(() -> connected(member, worker)),
                        error -> post(() -> notStarted(member, error))));
    }

    private void stopStart(Member member) {
        Disposable start = starts.remove(member);
        members.remove(member);
        if (start != null) {
            start.dispose();
        }
    }

    private void connected(Member member, StartedWorker worker) {
        member.connected(worker);
        if (starts.remove(member) == null) { // stopped when it had just connected
            worker.ending().subscribe(ending -> worker.forget()); // nobody else will
            worker.kill();
            return;
        }
        worker.ending().subscribe(ending -> post(() -> ended(member, ending)));
        Request only = member.only();
        if (only == null) {
            lives.idle(member);
        } else {
            grant(only, member);
        }
        serve();
    }

    private void notStarted(Member member, Throwable error) {
        if (starts.remove(member) == null) {
            return;
        }
        members.remove(member);
        Request only = member.only();
        if (only != null) {
            only.fail(error);
        } else if (!shares.isEmpty()) {
            shares.first().fail(error);
        } else {
            spareFailed = true; // the next run that gets a worker tries again
            LOG.warn("a worker that nobody waits for could not be started", error);
        }
        serve();
    }

    private void ended(Member member, WorkerEnding ending) {
        members.remove(member);
        Member.State was = member.state();
        member.state(Member.State.ENDING);
        Lease lease = member.lease();
        if (was == Member.State.LEASED && lease != null) {
            lease.run().leases().remove(lease);
            lease.run().dead().add(lease); // which is asked how it ended
        } else {
            if (was == Member.State.IDLE) {
                LOG.warn("worker {} ended while it was idle: {}", member.number(), ending.text());
            }
            member.worker().forget();
            lives.leftBy(member);
        }
        serve();
    }

    /** A worker has served long enough or has grown too large: its run is to let go of it. */
    void worn(Lease lease, String why) {
        Member member = lease.member();
        if (member.lease() == lease && member.is(Member.State.LEASED) && !member.isWorn()) {
            LOG.info("worker {} is to be replaced: {}", member.number(), why);
            member.wear();
            lease.ask();
        }
    }

    private void closeNow() {
        if (closing) {
            return;
        }
        closing = true;
        turns.stop();
        memory.stop();
        shares.removeAll().forEach(Pool::refuse);
        escalated.forEach(Pool::refuse);
        escalated.clear();
        for (Member member : members.all()) {
            switch (member.state()) {
                case STARTING -> {
                    stopStart(member);
                    Request only = member.only();
                    if (only != null) {
                        refuse(only);
                    }
                }
                case LEASED -> {
                    clean = false;
                    member.worker().kill();
                }
                case IDLE, CLEANING -> lives.end(member);
                case ENDING -> {}
            }
        }
        starter.close(clean).subscribe(nothing -> {}, closed::tryEmitError, closed::tryEmitEmpty);
    }

    /** Posts a task after that time. */
    Disposable after(long nanos, Runnable task) {
        return scheduler.schedule(() -> post(task), nanos, TimeUnit.NANOSECONDS);
    }

    boolean isClosing() {
        return closing;
    }

    /** In nanoseconds, of the clock of {@link #after}. */
    long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}

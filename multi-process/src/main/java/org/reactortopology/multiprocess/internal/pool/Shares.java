package org.reactortopology.multiprocess.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets the next worker, and who is to let go of one. First come, first served, except that a run below its share comes before one that has it; a
 * share is the number of workers divided by the number of runs, at least 1. Confined to the pool's mailbox.
 */
final class Shares {

    private final int workers;
    private final Deque<Request> waiting = new ArrayDeque<>();

    Shares(int workers) {
        this.workers = workers;
    }

    void add(Request request) {
        waiting.add(request);
    }

    boolean remove(Request request) {
        return waiting.remove(request);
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The one that waits longest; call only if there is one. */
    Request first() {
        return waiting.remove();
    }

    /** All that wait, of one run; they wait no more. */
    List<Request> removeOf(RunLauncher run) {
        List<Request> removed =
                waiting.stream().filter(request -> request.run() == run).toList();
        waiting.removeAll(removed);
        return removed;
    }

    /** A run that let go of a worker for others waits behind them. */
    void moveBack(RunLauncher run) {
        waiting.addAll(removeOf(run));
    }

    /** Whose turn it is; call only if someone waits. */
    Request next(Collection<Lease> leases) {
        int share = share(leases);
        Request next = waiting.stream()
                .filter(request -> request.run().leases().size() < share)
                .findFirst()
                .orElseGet(waiting::element);
        waiting.remove(next);
        return next;
    }

    /** How many leases more must be given back so that each run can have its share. */
    int missing(Collection<Lease> leases) {
        int share = share(leases);
        Map<RunLauncher, Integer> due = new HashMap<>();
        for (Request request : waiting) {
            RunLauncher run = request.run();
            int below = share - run.leases().size();
            due.merge(run, below > 0 ? 1 : 0, (before, more) -> Math.min(Math.max(0, below), before + more));
        }
        int asked = (int) leases.stream().filter(Lease::isAsked).count();
        int free = workers - leases.size();
        return due.values().stream().mapToInt(Integer::intValue).sum() - free - asked;
    }

    /** The lease to ask back from a run that has more than its share: of the run that has most, the one it has had longest. */
    Optional<Lease> beyondShare(Collection<Lease> leases) {
        int share = share(leases);
        return leases.stream()
                .filter(lease -> !lease.isAsked() && lease.run().unasked() > share)
                .max(Comparator.comparingLong((Lease lease) -> lease.run().unasked())
                        .thenComparing(
                                Comparator.comparingLong(Lease::sinceNanos).reversed()));
    }

    /** The lease that has been held longest. */
    static Optional<Lease> longestHeld(Collection<Lease> leases) {
        return leases.stream().filter(lease -> !lease.isAsked()).min(Comparator.comparingLong(Lease::sinceNanos));
    }

    /** Runs that have a worker or wait for one. */
    private int share(Collection<Lease> leases) {
        Set<RunLauncher> runs = new HashSet<>();
        waiting.forEach(request -> runs.add(request.run()));
        leases.forEach(lease -> runs.add(lease.run()));
        return Math.max(1, workers / Math.max(1, runs.size()));
    }

    /** Those that wait, for telling them that they wait in vain. */
    List<Request> removeAll() {
        List<Request> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }
}

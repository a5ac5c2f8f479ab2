package org.reactortopology.multiprocess.internal.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workers of a pool that are not dead. Confined to its mailbox. */
final class Members {

    private final Map<Integer, Member> members = new LinkedHashMap<>();

    void add(Member member) {
        members.put(member.number(), member);
    }

    void remove(Member member) {
        members.remove(member.number());
    }

    /** A copy, in the order of their starts. */
    List<Member> all() {
        return List.copyOf(members.values());
    }

    /** How many of those that any run may have are in that state. */
    int count(Member.State state) {
        return common(state).size();
    }

    /** The idle one that was busy last, so that the others may end. */
    @Nullable
    Member nextIdle() {
        return common(Member.State.IDLE).stream()
                .max(Comparator.comparingLong(Member::idleSinceNanos))
                .orElse(null);
    }

    /** Leases of those that any run may have. */
    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        for (Member member : common(Member.State.LEASED)) {
            Lease lease = member.lease();
            if (lease != null) {
                leases.add(lease);
            }
        }
        return leases;
    }

    /** Whether a run has one. */
    boolean isAnyLeased() {
        return members.values().stream().anyMatch(member -> member.is(Member.State.LEASED));
    }

    /** Whether there is one with a larger heap. */
    boolean isAnyEscalated() {
        return members.values().stream().anyMatch(member -> !member.isCommon());
    }

    /** The ones that are being started for a run, or for one request, alone. */
    List<Member> startingFor(RunLauncher run, @Nullable Request request) {
        return members.values().stream()
                .filter(member -> member.is(Member.State.STARTING))
                .filter(member -> {
                    Request only = member.only();
                    return only != null && only.run() == run && (request == null || only == request);
                })
                .toList();
    }

    private List<Member> common(Member.State state) {
        return members.values().stream()
                .filter(member -> member.isCommon() && member.is(state))
                .toList();
    }
}

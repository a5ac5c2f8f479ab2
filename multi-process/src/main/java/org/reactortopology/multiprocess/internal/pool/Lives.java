package org.reactortopology.multiprocess.internal.pool;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of workers that runs have let go of. Confined to the pool's mailbox. */
final class Lives {

    private static final Logger LOG = LoggerFactory.getLogger(Lives.class);

    private final Pool pool;
    private final PoolSettings settings;
    private final Members members;
    private final MemoryWatch memory;

    Lives(Pool pool, PoolSettings settings, Members members, MemoryWatch memory) {
        this.pool = pool;
        this.settings = settings;
        this.members = members;
        this.memory = memory;
    }

    /** It does not say that it is free. */
    void stuck(Member member) {
        LOG.warn(
                "worker {} has not ended what a run left in it within {} ms and is killed",
                member.number(),
                settings.freeTimeout().toMillis());
        member.worker().kill();
    }

    /** Nothing of the run that had it is left in it: it may serve the next, unless it is worn. */
    void cleaned(Member member) {
        boolean recycled = settings.recycleAfter() > 0 && member.items().get() >= settings.recycleAfter();
        if (pool.isClosing() || !member.isCommon() || member.isWorn() || recycled) {
            end(member);
        } else if (memory.isOn()) {
            member.state(Member.State.CLEANING); // stops the timer
            memory.weigh(member, large -> {
                if (member.is(Member.State.CLEANING)) {
                    if (large || pool.isClosing()) {
                        end(member);
                    } else {
                        idle(member);
                    }
                    pool.serve();
                }
            });
        } else {
            idle(member);
        }
    }

    /** It is there for any run. */
    void idle(Member member) {
        leftBy(member);
        member.state(Member.State.IDLE);
        member.idleSince(pool.now());
        member.worker().connection().receive(new IdleReceiver(member));
        armIdleExit(member);
    }

    private void armIdleExit(Member member) {
        member.state(Member.State.IDLE);
        member.timer(pool.after(settings.idleExit().toNanos(), () -> {
            boolean spare = pool.isInUse() && members.count(Member.State.IDLE) <= settings.spares();
            if (spare) {
                armIdleExit(member);
            } else {
                end(member);
            }
        }));
    }

    /** Says goodbye to a worker. */
    void end(Member member) {
        member.state(Member.State.ENDING);
        member.worker().end();
        if (member.isCommon()) {
            leftBy(member);
        }
    }

    /** Nothing of the run that had it is there any more. */
    void leftBy(Member member) {
        Lease lease = member.lease();
        member.lease(null);
        if (lease != null) {
            lease.run().leaving().remove(member);
            lease.run().tellIfGone();
        }
    }

    /** A worker has nothing to say between two runs. */
    private final class IdleReceiver implements FrameReceiver {
        private final Member member;

        IdleReceiver(Member member) {
            this.member = member;
        }

        @Override
        public void frame(Frame frame) {
            LOG.warn("worker {} sent {} while it was idle and is killed", member.number(), frame.type());
            member.worker().kill();
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            pool.post(() -> {
                if (member.is(Member.State.IDLE)) {
                    member.worker().kill();
                }
            });
        }
    }
}

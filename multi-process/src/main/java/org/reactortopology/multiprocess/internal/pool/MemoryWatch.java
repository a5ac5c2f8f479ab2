package org.reactortopology.multiprocess.internal.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Looks at the memory of workers: of those in use now and then, of one that comes back at once. Confined to the pool's mailbox. */
final class MemoryWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);

    private final PoolSettings settings;
    private final Members members;
    private final Scheduler scheduler;
    private final Scheduler mayBlock;
    private final Consumer<Runnable> mailbox;
    private final BiConsumer<Lease, String> worn;
    private Disposable next = Disposables.disposed();

    /** Tells {@code worn} which lease is of a worker that has grown too large, and in which words. */
    MemoryWatch(
            PoolSettings settings,
            Members members,
            Scheduler scheduler,
            Scheduler mayBlock,
            Consumer<Runnable> mailbox,
            BiConsumer<Lease, String> worn) {
        this.settings = settings;
        this.members = members;
        this.scheduler = scheduler;
        this.mayBlock = mayBlock;
        this.mailbox = mailbox;
        this.worn = worn;
    }

    boolean isOn() {
        return settings.maxRssBytes() > 0;
    }

    /** A run has got a worker: those in use are looked at from now on, until there are none. */
    void leased() {
        if (isOn() && next.isDisposed()) {
            later();
        }
    }

    void stop() {
        next.dispose();
    }

    /** Tells, as a task, whether that worker has grown too large. */
    void weigh(Member member, Consumer<Boolean> tooLarge) {
        Mono.fromCallable(member.worker()::residentBytes)
                .onErrorReturn(0L)
                .subscribeOn(mayBlock)
                .subscribe(bytes -> mailbox.accept(() -> {
                    boolean large = bytes > settings.maxRssBytes();
                    if (large) {
                        LOG.info("worker {} has {} bytes of resident memory", member.number(), bytes);
                    }
                    tooLarge.accept(large);
                }));
    }

    private void later() {
        next = scheduler.schedule(
                () -> mailbox.accept(this::weighLeased), settings.rssEvery().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void weighLeased() {
        next.dispose();
        if (!members.isAnyLeased()) {
            return;
        }
        for (Lease lease : members.leases()) {
            weigh(lease.member(), large -> {
                if (large) {
                    worn.accept(lease, "its memory is above maxRss, which is " + settings.maxRssBytes() + " bytes");
                }
            });
        }
        later();
    }
}

package org.reactortopology.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Looks for what a test left behind. */
public final class LeakCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final String THREADS = "topology-";

    private final Set<Thread> threadsBefore;
    private final Set<Long> childrenBefore;

    private LeakCheck() {
        threadsBefore = Set.copyOf(Thread.getAllStackTraces().keySet());
        childrenBefore =
                ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toUnmodifiableSet());
    }

    /** Remembers the threads and child processes that there are now. */
    public static LeakCheck begin() {
        return new LeakCheck();
    }

    /**
     * Waits until no thread of a topology and no child process is left that was not there at {@link #begin}; fails with their names after a minute. Sees those of
     * other tests that run at the same time too.
     */
    public void awaitNothingLeft() {
        awaitNothingLeft(PATIENCE);
    }

    /** As {@link #awaitNothingLeft()}, but waits for threads, and then for processes, for at most so long. */
    public void awaitNothingLeft(Duration patience) {
        awaitNoThread(thread -> thread.getName().startsWith(THREADS) && !threadsBefore.contains(thread), patience);
        awaitNoChild(child -> !childrenBefore.contains(child.pid()), patience);
    }

    /** Waits until no thread is left whose name begins so; fails with their names after a minute. */
    public static void awaitNoThread(String prefix) {
        awaitNoThread(thread -> thread.getName().startsWith(prefix), PATIENCE);
    }

    /** Waits until no child process of this JVM is left; fails with their command lines after a minute. */
    public static void awaitNoChildProcess() {
        awaitNoChild(child -> true, PATIENCE);
    }

    private static void awaitNoThread(Predicate<Thread> isMine, Duration patience) {
        await(patience).untilAsserted(() -> {
            List<String> left = Thread.getAllStackTraces().keySet().stream()
                    .filter(isMine)
                    .map(Thread::getName)
                    .sorted()
                    .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("threads are left: " + left);
            }
        });
    }

    private static void awaitNoChild(Predicate<ProcessHandle> isMine, Duration patience) {
        await(patience).untilAsserted(() -> {
            List<String> left = ProcessHandle.current()
                    .children()
                    .filter(isMine)
                    .map(child -> child.pid() + " " + child.info().commandLine().orElse("?"))
                    .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("child processes are left: " + left);
            }
        });
    }

    /** Looks at once, and often: mostly nothing is left, behind every test. */
    private static ConditionFactory await(Duration patience) {
        return Awaitility.await().atMost(patience).pollDelay(Duration.ZERO).pollInterval(POLL);
    }
}

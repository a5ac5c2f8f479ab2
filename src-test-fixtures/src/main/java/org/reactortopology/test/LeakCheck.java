package org.reactortopology.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Looks for what a test left behind. */
public final class LeakCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
     * Waits until no thread of a topology and no child process is left that was not there at {@link #begin}; fails with their names after 10 s. Sees those of
     * other tests that run at the same time too.
     */
    public void awaitNothingLeft() {
        awaitNoThread(thread -> thread.getName().startsWith(THREADS) && !threadsBefore.contains(thread));
        awaitNoChild(child -> !childrenBefore.contains(child.pid()));
    }

    /** Waits until no thread is left whose name begins so; fails with their names after 10 s. */
    public static void awaitNoThread(String prefix) {
        awaitNoThread(thread -> thread.getName().startsWith(prefix));
    }

    /** Waits until no child process of this JVM is left; fails with their command lines after 10 s. */
    public static void awaitNoChildProcess() {
        awaitNoChild(child -> true);
    }

    private static void awaitNoThread(Predicate<Thread> isMine) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
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

    private static void awaitNoChild(Predicate<ProcessHandle> isMine) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
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
}

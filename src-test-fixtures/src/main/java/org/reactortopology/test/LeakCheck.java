package org.reactortopology.test;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Looks for what a test left behind. */
public final class LeakCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LeakCheck() {}

    /** Waits until no thread is left whose name begins so; fails with their names after 10 s. */
    public static void awaitNoThread(String prefix) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> left = threads(prefix);
            if (!left.isEmpty()) {
                throw new AssertionError("threads are left: " + left);
            }
        });
    }

    /** Waits until no child process of this JVM is left; fails with their command lines after 10 s. */
    public static void awaitNoChildProcess() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> left = ProcessHandle.current()
                    .children()
                    .map(child -> child.pid() + " " + child.info().commandLine().orElse("?"))
                    .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("child processes are left: " + left);
            }
        });
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}

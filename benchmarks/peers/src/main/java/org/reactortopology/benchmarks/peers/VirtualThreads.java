package org.reactortopology.benchmarks.peers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Starts virtual threads, which Java has since 21, from code that is compiled for 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    static boolean available() {
        return Runtime.version().feature() >= 21;
    }

    /** Starts one. */
    static void start(Runnable task) {
        try {
            Object thread = Starter.START.invoke(task);
            if (thread == null) {
                throw new IllegalStateException("no thread was started");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts one for each, and waits for what they return. */
    static List<Total> all(List<Supplier<Total>> tasks) {
        List<CompletableFuture<Total>> totals = new ArrayList<>();
        for (Supplier<Total> task : tasks) {
            totals.add(CompletableFuture.supplyAsync(task, VirtualThreads::start));
        }
        return totals.stream().map(CompletableFuture::join).toList();
    }

    /** Holder, so that JDK 17 fails only when one is started. */
    private static final class Starter {

        private static final MethodHandle START = find();

        private static MethodHandle find() {
            try {
                return MethodHandles.publicLookup()
                        .findStatic(
                                Thread.class,
                                "startVirtualThread",
                                MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("virtual threads need Java 21 or newer", e);
            }
        }
    }
}

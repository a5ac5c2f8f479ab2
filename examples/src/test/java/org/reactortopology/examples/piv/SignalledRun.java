package org.reactortopology.examples.piv;

import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.EndOnSignal;

/** A process whose works wait until they are told to go on, and which tells how its run ended. */
final class SignalledRun {

    private SignalledRun() {}

    /** Goes on at the first byte of the standard input. */
    public static void main(String[] args) {
        CountDownLatch goOn = new CountDownLatch(1);
        Topology<Long> waiting = Topology.named("waiting")
                .source("numbers", Series.range(0, 1_000_000_000, 1))
                .map("wait", io((Long n) -> waited(n, goOn)))
                .build();
        TopologyRun<Long> run = ParallelExecutor.threads(1).run(waiting);
        try (EndOnSignal signals = new EndOnSignal(run, Duration.ofMinutes(2), "items", System.out::println)) {
            Thread told = new Thread(() -> awaitByte(goOn), "told");
            told.setDaemon(true);
            told.start();
            run.outcomes().blockLast();
        }
        RunReport report = Objects.requireNonNull(run.report().block());
        System.out.println(report.state() + (report.counts().unfinished() == 0 ? " all" : " not all"));
        System.exit(0);
    }

    private static Long waited(Long number, CountDownLatch goOn) throws InterruptedException {
        if (number == 0) {
            System.out.println("begun");
        }
        goOn.await();
        return number;
    }

    private static void awaitByte(CountDownLatch goOn) {
        try {
            if (System.in.read() >= 0) {
                goOn.countDown();
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

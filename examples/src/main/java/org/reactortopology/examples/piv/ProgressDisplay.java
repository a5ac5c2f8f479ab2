package org.reactortopology.examples.piv;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.reactortopology.Outcome;

/** Shows how far a run has come. Called by one thread at a time. */
sealed interface ProgressDisplay extends AutoCloseable {

    /** An outcome came in. */
    void show(Outcome<PivResult> outcome);

    @Override
    void close();

    /** A bar on a terminal, plain lines elsewhere. */
    static ProgressDisplay of(long total, PrintWriter out) {
        return onTerminal() ? new Bar(total, System.err) : new Lines(total, out);
    }

    /** From JDK 22 a console is there even without a terminal and has a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // that is why isTerminal is asked where it is there
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** A bar that is drawn over and over. */
    final class Bar implements ProgressDisplay {
        private final ProgressBar bar;
        private final PrintStream stream;
        private int failed;

        Bar(long total, PrintStream stream) {
            this.stream = stream;
            bar = new ProgressBarBuilder()
                    .setTaskName("piv")
                    .setUnit(" pairs", 1)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(stream))
                    .showSpeed()
                    .build();
        }

        @Override
        public void show(Outcome<PivResult> outcome) {
            if (outcome.isFailure()) {
                failed++;
                bar.setExtraMessage(failed + " failed");
            }
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
            stream.flush();
        }
    }

    /** A line for every twentieth part of the run. */
    final class Lines implements ProgressDisplay {
        private static final int PARTS = 20;

        private final long total;
        private final PrintWriter out;
        private long ended;

        Lines(long total, PrintWriter out) {
            this.total = total;
            this.out = out;
        }

        @Override
        public void show(Outcome<PivResult> outcome) {
            ended++;
            if (ended * PARTS / total != (ended - 1) * PARTS / total) {
                out.println("piv: " + ended + " of " + total + " pairs");
                out.flush();
            }
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}

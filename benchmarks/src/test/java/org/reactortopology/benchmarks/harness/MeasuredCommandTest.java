package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MeasuredCommandTest {

    /** Burns processor time and tells how much. */
    static final class Busy {
        public static void main(String[] args) {
            long end = System.nanoTime() + 300_000_000L;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            MeasuredCommand.tell("burnt", 0.3);
        }
    }

    @Test
    void countsTheTimeAndMemoryOfProcessesBelow() throws Exception {
        List<String> busy = JvmCommand.main(Busy.class).options("-Xmx16m").line();
        List<String> below = new ArrayList<>(List.of("sh", "-c", "\"$0\" \"$@\"; true"));
        below.addAll(busy);

        MeasuredCommand run = MeasuredCommand.run(below).successful();

        assertThat(run.figure("burnt")).isEqualTo(0.3);
        assertThat(run.wallSeconds()).isGreaterThan(0.3);
        assertThat(run.cpuSeconds()).isPositive();
        assertThat(run.peakBytes()).isPositive();
    }

    @Test
    void keepsTheExitCodeAndTheOutput() throws Exception {
        MeasuredCommand run = MeasuredCommand.run(List.of("sh", "-c", "echo it\\'s; exit 3"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.output()).endsWith("it's");
        assertThatThrownBy(run::successful).hasMessageContaining("ended with 3").hasMessageContaining("it's");
        assertThatThrownBy(() -> run.figure("none")).hasMessageContaining("\"none\"");
    }

    @Test
    void killsWhatDoesNotEnd() {
        assertThatThrownBy(() -> MeasuredCommand.run(List.of("sleep", "600"), Duration.ofMillis(200)))
                .hasMessageContaining("not at its end");
    }

    @Test
    void readsItsOwnTree() {
        ProcessTree own = ProcessTree.own();

        assertThat(own.processes()).isPositive();
        assertThat(own.cpuSeconds()).isPositive();
        assertThat(own.rootCpuSeconds()).isPositive();
        assertThat(own.rssBytes()).isGreaterThan(own.pssBytes() / 2).isPositive();
    }
}

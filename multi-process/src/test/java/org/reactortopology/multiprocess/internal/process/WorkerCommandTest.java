package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCommandTest {

    private static final String SERIAL = "\"-XX:+UseSerialGC\"";

    private static final long GIB = 1024L * 1024 * 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fewThreadsCollectWithOne(int threads) throws IOException {
        assertThat(options(threads, List.of("-Dx=y"))).contains(SERIAL, "\"-XX:ActiveProcessorCount=" + threads + "\"");
    }

    @Test
    void manyThreadsCollectAsTheJvmChooses() throws IOException {
        assertThat(options(3, List.of())).noneMatch(option -> option.contains("GC"));
    }

    /** A JVM with two collectors does not start. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-XX:+UseZGC", "-XX:+UseG1GC", "-XX:-UseSerialGC", "-XX:Flags=some", "-XX:VMOptionsFile=f", "@f"
            })
    void theUsersChoiceIsTheOnlyOne(String choice) throws IOException {
        assertThat(options(1, List.of("-Dx=y", choice))).doesNotContain(SERIAL).contains("\"" + choice + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void theEnvironmentMayChooseToo(String variable) {
        assertThat(WorkerCommand.choosesCollector(List.of(), Map.of(variable, "-Dx=y -XX:+UseShenandoahGC")))
                .isTrue();
        assertThat(WorkerCommand.choosesCollector(List.of(), Map.of(variable, "@file -Dx=y")))
                .isTrue();
        assertThat(WorkerCommand.choosesCollector(
                        List.of(), Map.of(variable, "-Dx=user@host -XX:+UseStringDeduplication")))
                .isFalse();
        assertThat(WorkerCommand.choosesCollector(List.of(), Map.of("OTHER", "-XX:+UseZGC")))
                .isFalse();
    }

    @Test
    void aHeapBeginsSmallWhateverTheMachineHas() throws IOException {
        assertThat(options(1, List.of())).contains("\"-XX:InitialRAMPercentage=1.171875\"");
    }

    /** A JVM that is to begin with more than all does not start. */
    @Test
    void aHeapBeginsWithAllOfAMachineThatHasLess() throws IOException {
        assertThat(options(1, List.of(), GIB / 32)).contains("\"-XX:InitialRAMPercentage=100.0\"");
    }

    /** Of two options of one name a JVM takes the last. */
    @Test
    void theUsersOptionsComeBehindOurs() throws IOException {
        List<String> options = options(1, List.of("-XX:Tier4BackEdgeThreshold=7", "-Djava.awt.headless=false"));

        assertThat(options)
                .containsSubsequence(
                        "\"-XX:Tier4BackEdgeThreshold=400000\"", "\"-XX:Tier4BackEdgeThreshold=7\"", "\"-cp\"");
        assertThat(options)
                .containsSubsequence("\"-Djava.awt.headless=true\"", "\"-Djava.awt.headless=false\"", "\"-cp\"");
    }

    private List<String> options(int threads, List<String> users) throws IOException {
        return options(threads, users, 16 * GIB);
    }

    private List<String> options(int threads, List<String> users, long memory) throws IOException {
        WorkerCommand command =
                WorkerCommand.write(directory.resolve("arguments"), MachineShare.of(1, threads, 0, 2, memory), users);
        return Files.readAllLines(command.argumentFile());
    }
}

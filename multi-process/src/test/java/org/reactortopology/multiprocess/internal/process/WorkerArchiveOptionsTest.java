package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerArchiveOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-javaagent:agent.jar",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n",
                "-Xshare:off",
                "-XX:ArchiveClassesAtExit=file",
                "-XX:+RecordDynamicDumpInfo",
                "-XX:AOTMode=off",
                "-XX:-CompactStrings",
                "--patch-module=a=b",
                "--limit-modules=java.base",
                "-XX:Flags=file",
                "@file"
            })
    void whatKeepsAJvmThatWritesAnArchiveFromStarting(String option) {
        assertThat(WorkerArchive.forbid(List.of("-Dx=y", option), Map.of())).isTrue();
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            assertThat(WorkerArchive.forbid(List.of(), Map.of(variable, "-Dx=y " + option)))
                    .as(variable)
                    .isTrue();
            assertThat(WorkerArchive.forbid(List.of(), Map.of(variable, "\"" + option + "\"")))
                    .as(variable)
                    .isTrue();
        }
        assertThat(WorkerArchive.forbid(List.of(), Map.of("OTHER", option))).isFalse();
    }

    @Test
    void otherOptionsGoWithIt() {
        List<String> options = List.of("-Dmail=user@host", "-Dname=the-agent", "-Xmx64m", "-XX:+UseZGC");

        assertThat(WorkerArchive.forbid(options, Map.of("JAVA_TOOL_OPTIONS", String.join(" ", options))))
                .isFalse();
    }
}

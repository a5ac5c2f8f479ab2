package org.reactortopology.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code examples/reactor-topology} starts, by a Java that prints its arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class LauncherTest {

    private static final String ASKS = "-Dorg.reactortopology.commandArchive=";
    private static final String USES = "-XX:SharedArchiveFile=";
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final String SERIAL = "-XX:+UseSerialGC";

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private Path jar;
    private Path cache;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("a home"));
        jar = Files.createDirectories(home.resolve("target")).resolve("reactor-topology-examples.jar");
        Files.writeString(jar, "a jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.copy(
                ReadmeTest.root().resolve("examples/reactor-topology"),
                home.resolve("reactor-topology"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nfor each in \"$@\"; do echo \"$each\"; done\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
        Path parent = Files.createDirectories(directory.resolve("cache"));
        cache = Files.createDirectory(
                parent.resolve("reactor-topology"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        environment.put("JAVA_HOME", directory.resolve("jdk").toString());
        environment.put("XDG_CACHE_HOME", parent.toString());
    }

    @Test
    void theFirstCommandIsAskedForAnArchiveAndTheNextHasIt() throws Exception {
        assertThat(started("piv", "--input", "my images"))
                .endsWith("-jar", jar.toString(), "piv", "--input", "my images")
                .contains(QUICK, SERIAL, "-XX:+RecordDynamicDumpInfo")
                .noneMatch(option -> option.startsWith(USES));

        Path archive = written("piv");
        assertThat(started("piv"))
                .contains(USES + archive, "-Xlog:cds*=off")
                .noneMatch(option -> option.startsWith(ASKS));
    }

    @Test
    void aNewJarOrAnotherJavaHasAnotherArchive() throws Exception {
        Path first = written("piv");

        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        assertThat(asked("piv")).isNotEqualTo(first);
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
        assertThat(started("piv")).contains(USES + first);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(started("piv")).noneMatch(option -> option.startsWith(USES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    void whatOthersMayHavePutThereIsNotUsed(String mode) throws Exception {
        written("piv");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(mode));

        assertThat(started("piv")).noneMatch(option -> option.startsWith(USES));
    }

    @Test
    void withoutACacheItIsInTheTemporaryDirectory() throws Exception {
        environment.put("XDG_CACHE_HOME", directory.resolve("no such").toString());

        assertThat(asked("piv").toString())
                .startsWith("/tmp/reactor-topology-" + System.getProperty("user.name") + "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--executor parallel", "--executor=sequential"})
    void aProcessThatComputesByItselfCompilesAsItLikes(String executor) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("piv"));
        arguments.addAll(List.of(executor.split(" ")));

        assertThat(started(arguments.toArray(new String[0])))
                .doesNotContain(QUICK, SERIAL)
                .anyMatch(option -> option.startsWith(ASKS));
        assertThat(asked(arguments.toArray(new String[0]))).isNotEqualTo(asked("piv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void theEnvironmentMayChooseTheCollector(String variable) throws Exception {
        environment.put(variable, "-Dx=y -XX:+UseZGC");

        assertThat(started("piv")).doesNotContain(SERIAL).contains(QUICK);
    }

    @Test
    void aLinkToItWillDo() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("reactor-topology"));

        assertThat(run(link, "--version")).endsWith("-jar", jar.toRealPath().toString(), "--version");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Files.delete(jar);

        assertThat(run(home.resolve("reactor-topology"), "piv"))
                .singleElement()
                .asString()
                .contains(jar.getFileName().toString(), "build it");
    }

    /** Writes the archive that the command asks for, as it would. */
    private Path written(String... arguments) throws Exception {
        Path archive = asked(arguments);
        Files.writeString(archive, "an archive");
        return archive;
    }

    private Path asked(String... arguments) throws Exception {
        return started(arguments).stream()
                .filter(option -> option.startsWith(ASKS))
                .map(option -> Path.of(option.substring(ASKS.length())))
                .findFirst()
                .orElseThrow();
    }

    private List<String> started(String... arguments) throws Exception {
        return run(home.resolve("reactor-topology"), arguments);
    }

    private List<String> run(Path program, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", program.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines;
    }
}

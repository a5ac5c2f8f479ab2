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

    private static final String SMALL = "-Xms48m";

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
        Files.writeString(
                Files.createDirectories(directory.resolve("jdk/lib/server")).resolve("classes.jsa"), "the JDK's");
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
                .contains(QUICK, SERIAL, SMALL, "-XX:+RecordDynamicDumpInfo")
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
    @ValueSource(
            strings = {
                "piv --executor parallel",
                "piv --executor=sequential",
                "run Factory --executor PARALLEL",
                "run Factory --executor=Sequential",
                "run @arguments",
                "resume job",
                "piv-accuracy"
            })
    void aProcessThatComputesByItselfCompilesAsItLikes(String arguments) throws Exception {
        assertThat(started(arguments.split(" ")))
                .doesNotContain(QUICK, SERIAL, SMALL)
                .anyMatch(option -> option.startsWith(ASKS));
        assertThat(asked(arguments.split(" "))).isNotEqualTo(asked("piv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status job", "explain job key", "run Factory --workers 2"})
    void aProcessThatComputesLittleIsSmallAndStartsQuickly(String arguments) throws Exception {
        assertThat(started(arguments.split(" "))).contains(QUICK, SERIAL, SMALL);
        assertThat(asked(arguments.split(" "))).isEqualTo(asked("piv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void theEnvironmentMayChooseTheCollector(String variable) throws Exception {
        environment.put(variable, "-Dx=y -XX:+UseZGC");

        assertThat(started("piv")).doesNotContain(SERIAL).contains(QUICK);
    }

    /** A JVM whose heap begins larger than it may grow does not start. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx32m", "-Xms8m", "-XX:MaxHeapSize=32m", "-XX:MaxRAMPercentage=1", "@file"})
    void theEnvironmentMayChooseTheHeap(String option) throws Exception {
        environment.put("JAVA_TOOL_OPTIONS", option);

        assertThat(started("piv")).doesNotContain(SMALL).contains(QUICK);
    }

    /** A JVM that is to write an archive does not start with them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-javaagent:agent.jar",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n",
                "-Xshare:off",
                "-XX:ArchiveClassesAtExit=file",
                "-XX:-CompactStrings",
                "--patch-module=a=b",
                "-XX:Flags=file",
                "@file"
            })
    void whatDoesNotGoWithAnArchiveGoesWithout(String option) throws Exception {
        written("piv");
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            environment.put(variable, "-Dx=* " + option);
            assertThat(started("piv")).noneMatch(this::isOfAnArchive);
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
            assertThat(started("piv")).noneMatch(this::isOfAnArchive);
            Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            environment.remove(variable);
        }
    }

    @Test
    void aJdkWithoutAnArchiveOfItsOwnGoesWithout() throws Exception {
        Files.delete(directory.resolve("jdk/lib/server/classes.jsa"));

        assertThat(started("piv")).contains(QUICK).noneMatch(this::isOfAnArchive);
    }

    /** Neither may the number of links, which stands before the user's, be taken for it. */
    @ParameterizedTest
    @ValueSource(strings = {"4242", "2"})
    void aDirectoryOfAnotherUserIsNotUsed(String user) throws Exception {
        written("piv");
        userIs("echo " + user);

        assertThat(started("piv")).noneMatch(option -> option.startsWith(USES));
    }

    @Test
    void aUserWithoutANameIsANumber() throws Exception {
        environment.put("XDG_CACHE_HOME", directory.resolve("no such").toString());
        userIs("echo 4242; if [ \"$1\" = -un ]; then echo 'no name' >&2; exit 1; fi");

        assertThat(asked("piv")).hasParentRaw(Path.of("/tmp/reactor-topology-4242"));
        assertThat(started("piv")).noneMatch(line -> line.contains("no name"));
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

    private boolean isOfAnArchive(String option) {
        return option.startsWith(ASKS) || option.startsWith(USES) || option.contains("DumpInfo");
    }

    /** Puts an {@code id} before that of the system. */
    private void userIs(String script) throws IOException {
        Path id = Files.createDirectories(directory.resolve("bin")).resolve("id");
        Files.writeString(id, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", id.getParent() + ":" + System.getenv("PATH"));
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

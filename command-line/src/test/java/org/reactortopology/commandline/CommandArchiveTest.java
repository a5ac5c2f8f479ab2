package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command that is asked to leaves an archive of its classes; seen from outside of a JVM whose class path is all jars. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class CommandArchiveTest {

    @TempDir
    static Path jars;

    private static String classPath = "";

    @TempDir
    Path temporary;

    @BeforeAll
    static void packClasses() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? packed(path, entries.size()).toString() : entry);
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    @Test
    void aCommandThatRanSomethingWritesItAndTheNextStartsFromIt() throws Exception {
        Path archive = cache().resolve("command.jsa");
        Files.createFile(cache().resolve("command.jsa." + ended() + ".temp"));
        old(cache().resolve("command.jsa." + ProcessHandle.current().pid()));
        assertThat(run(archive, 20)).contains(" done, 0 failed").doesNotContain("jcmd", "dumped", "[warning]");
        assertThat(files()).containsExactly(archive);

        assertThat(command(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load"), "status", job()))
                .containsPattern("JobCommands source: shared objects file \\(top\\)")
                .contains("done");
        Files.delete(archive);
        Files.writeString(archive, "not an archive");
        assertThat(command(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"), "status", job()))
                .contains("done");
    }

    @Test
    void aCommandThatRanNothingDoesNot() throws Exception {
        command(asks(cache().resolve("command.jsa")), "status", job());
        assertThat(files()).isEmpty();
    }

    @Test
    void aRefusedCommandDoesNot() throws Exception {
        Path archive = cache().resolve("command.jsa");
        command(List.of(), rangeOf(20));
        assertThat(run(archive, 30)).contains("has a job");
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAnotherCommandHasWrittenMeanwhileStays() throws Exception {
        Path archive = Files.writeString(cache().resolve("command.jsa"), "another's");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(3600)));
        assertThat(run(archive, 20)).contains(" done, 0 failed");
        assertThat(archive).hasContent("another's");
    }

    @Test
    void archivesOfOlderJarsGo() throws Exception {
        Path archive = cache().resolve("command-itself-1.jsa");
        old(cache().resolve("command-itself-2.jsa"));
        Path fresh = Files.createFile(cache().resolve("command-itself-3.jsa"));
        Path others = old(cache().resolve("command-coordinator-2.jsa"));
        assertThat(run(archive, 20)).contains(" done, 0 failed");
        assertThat(files()).containsExactlyInAnyOrder(archive, fresh, others);
    }

    @Test
    void aDirectoryThatOthersMayWriteToIsLeftAlone() throws Exception {
        Path archive = cache().resolve("command.jsa");
        Files.setPosixFilePermissions(cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run(archive, 20)).contains(" done, 0 failed");
        assertThat(files()).isEmpty();
    }

    private static Path old(Path file) throws IOException {
        Files.createFile(file);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    /** The number of a process that is no more. */
    private static long ended() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private String run(Path archive, int to) throws Exception {
        return command(asks(archive), rangeOf(to));
    }

    private String[] rangeOf(int to) {
        return new String[] {
            "run", RangeFactory.class.getName(), "--param", "to=" + to, "--job", job(), "--executor", "sequential"
        };
    }

    private static List<String> asks(Path archive) {
        return List.of(
                "-XX:+RecordDynamicDumpInfo", "-Xlog:cds*=off", "-Dorg.reactortopology.commandArchive=" + archive);
    }

    private Path cache() throws IOException {
        Path cache = temporary.resolve("my cache=1");
        return Files.exists(cache)
                ? cache
                : Files.createDirectory(
                        cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private String job() {
        return temporary.resolve("job").toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(cache())) {
            return entries.toList();
        }
    }

    private static String command(List<String> options, String... arguments) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", classPath, KilledCommandTest.CommandMain.class.getName()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return told;
    }

    private static Path packed(Path classes, int number) throws IOException {
        Path jar = jars.resolve(number + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}

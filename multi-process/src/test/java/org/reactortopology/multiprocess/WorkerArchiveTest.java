package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;

/** Workers load their classes from an archive, seen from outside of a JVM whose class path is all jars. */
@Timeout(180)
class WorkerArchiveTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path jars;

    private static String classPath = "";

    @TempDir
    Path archives;

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
    void theFirstRunWritesTheArchiveAndTheNextUsesIt() throws Exception {
        assertThat(run(classPath))
                .doesNotContain("SharedArchiveFile", "AOTCache=")
                .contains("50 done");
        awaitArchive();
        assertThat(run(classPath))
                .containsAnyOf("-XX:SharedArchiveFile", "-XX:AOTCache=")
                .contains("50 done");
        assertThat(files()).hasSize(1);
    }

    @Test
    void aBrokenArchiveIsIgnored() throws Exception {
        run(classPath);
        awaitArchive();
        Path archive = files().get(0);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        Files.writeString(archive, "not an archive");

        assertThat(run(classPath)).contains("50 done");
    }

    @Test
    void aClassPathOfDirectoriesGoesWithout() throws Exception {
        assertThat(run(System.getProperty("java.class.path"))).contains("50 done");
        assertThat(files()).isEmpty();
    }

    @Test
    void aDirectoryThatOthersMayWriteToIsNotUsed() throws Exception {
        Files.setPosixFilePermissions(archives, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run(classPath)).contains("50 done").contains("nobody else may write to");
        assertThat(files()).isEmpty();
    }

    private void awaitArchive() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(files()).singleElement().asString().matches(".*\\.(jsa|aot)"));
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(archives)) {
            return entries.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a JVM prints that runs the topology with workers of its own and tells how they were started. */
    private String run(String jvmClassPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ShortLived.JVM_OPTION,
                        "-cp",
                        jvmClassPath,
                        OneRun.class.getName(),
                        archives.toString())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(line -> said.append(line).append('\n'));
        }
        assertThat(process.waitFor()).as(said.toString()).isZero();
        return said.toString();
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

    /** Argument: directory of archives. */
    static final class OneRun {
        public static void main(String[] args) {
            long done = MultiProcessExecutor.builder()
                    .workers(1)
                    .threads(1)
                    .heap(64L * 1024 * 1024)
                    .jvmOption(ShortLived.JVM_OPTION)
                    .archive(Path.of(args[0]))
                    .build()
                    .run(Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, 50)))
                    .outcomes()
                    .doOnNext(outcome -> {
                        if (outcome.key().equals("0")) {
                            ProcessHandle.current()
                                    .children()
                                    .forEach(child -> System.out.println(String.join(
                                            " ", child.info().arguments().orElse(new String[0]))));
                        }
                    })
                    .count()
                    .block();
            System.out.println(done + " done");
            // this JVM gives a worker that writes only so much time when it exits
            Awaitility.await().atMost(PATIENCE).until(() -> {
                try (Stream<Path> entries = Files.list(Path.of(args[0]))) {
                    return entries.noneMatch(
                            entry -> entry.getFileName().toString().matches(".*\\.(jsa|aot)\\..*"));
                }
            });
        }
    }
}

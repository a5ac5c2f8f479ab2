package org.reactortopology.job.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Outcome;
import org.reactortopology.RemoteFailure;

class FailureFilesTest {

    @TempDir
    Path directory;

    @Test
    void aPlainKeyIsItsOwnName() {
        assertThat(FailureFiles.name("frame-0001.tif")).isEqualTo("frame-0001.tif.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../../etc/passwd",
                "a/b",
                "a\\b",
                "a\nb",
                "\u0000",
                "con",
                "nul.txt",
                "é",
                "🦊",
                " ",
                ".hidden"
            })
    void aHostileKeyStaysInTheDirectory(String key) {
        String name = FailureFiles.name(key);

        assertThat(name).matches("[A-Za-z0-9_][A-Za-z0-9._-]*-[0-9a-f]{16}\\.txt|-[0-9a-f]{16}\\.txt");
        assertThat(directory.resolve(name).normalize().getParent()).isEqualTo(directory);
    }

    @Test
    void keysThatDifferHaveFilesThatDiffer() {
        String escaped = FailureFiles.name("a/b");
        List<String> keys = List.of(
                "a",
                "A",
                "a/b",
                "a_b",
                "a\\b",
                "x".repeat(100),
                "x".repeat(101),
                "x".repeat(5000),
                "X".repeat(5000),
                escaped.substring(0, escaped.length() - 4),
                "é",
                "É");
        Map<String, String> names = new HashMap<>();

        keys.forEach(key -> assertThat(names.put(FailureFiles.name(key).toLowerCase(Locale.ROOT), key))
                .isNull());
        assertThat(names.keySet()).allSatisfy(name -> assertThat(name.length()).isLessThan(128));
    }

    @Test
    void aCrashHasAllThatIsKnown() throws Exception {
        Outcome<?> crash = new Outcome.Crashed<>(
                "k", 7, "signal 9", OptionalInt.of(137), Optional.of("# SIGSEGV"), "worker-001.log:\nlast line", 3);

        String name = new FailureFiles(directory.resolve("failures"))
                .write(crash, 3, 2, Instant.EPOCH)
                .orElseThrow();

        assertThat(Files.readString(directory.resolve("failures").resolve(name)))
                .contains(
                        "signal 9",
                        "137",
                        "# SIGSEGV",
                        "last line",
                        "attempts: 3",
                        "run:      2",
                        "1970-01-01T00:00:00Z");
    }

    @Test
    void aRemoteFailureHasItsTrace() throws Exception {
        RemoteFailure cause = new RemoteFailure(
                "org.example.Bad",
                "bad",
                new StackTraceElement[] {new StackTraceElement("org.example.Work", "call", "Work.java", 12)},
                null);
        FailureFiles files = new FailureFiles(directory);

        String name = files.write(new Outcome.Failed<>("k", 0, "work", cause), 1, 1, Instant.EPOCH)
                .orElseThrow();

        assertThat(Files.readString(directory.resolve(name))).contains("org.example.Bad: bad", "Work.java:12");
        files.remove("k");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatCannotBeWrittenLosesTheFileOnly() throws Exception {
        Path file = Files.createFile(directory.resolve("failures"));

        assertThat(new FailureFiles(file).write(new Outcome.Crashed<>("k", 0, "gone"), 1, 1, Instant.EPOCH))
                .isEmpty();
    }
}

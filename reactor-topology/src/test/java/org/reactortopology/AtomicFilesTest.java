package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AtomicFilesTest {

    @TempDir
    Path directory;

    @Test
    void writesTheContentUnderTheTargetNameOnly() throws IOException {
        Path target = directory.resolve("a.txt");

        AtomicFiles.write(target, temporary -> {
            assertThat(temporary.getParent()).isEqualTo(directory);
            assertThat(temporary).doesNotExist();
            Files.writeString(temporary, "new");
            assertThat(target).doesNotExist();
        });

        assertThat(target).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    static Stream<Exception> failures() {
        return Stream.of(new IOException("disk full"), new IllegalStateException("bad field"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void keepsTheOldFileAndNoTemporaryOneWhenTheActionFails(Exception failure) throws IOException {
        Path target = directory.resolve("a.txt");
        Files.writeString(target, "old and whole");

        assertThatThrownBy(() -> AtomicFiles.write(target, temporary -> {
                    Files.writeString(temporary, "half");
                    if (failure instanceof IOException io) {
                        throw io;
                    }
                    throw (RuntimeException) failure;
                }))
                .isSameAs(failure);

        assertThat(target).hasContent("old and whole");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void failsWhenTheActionCreatesNothing() throws IOException {
        Path target = directory.resolve("a.txt");

        assertThatThrownBy(() -> AtomicFiles.write(target, temporary -> {})).isInstanceOf(NoSuchFileException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheTargetCannotBeReplaced() throws IOException {
        Path target = Files.createDirectory(directory.resolve("a.txt"));
        Files.writeString(target.resolve("inside"), "");

        assertThatThrownBy(() -> AtomicFiles.write(target, temporary -> Files.writeString(temporary, "new")))
                .isInstanceOf(IOException.class);

        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void refusesATargetWithoutAName() {
        assertThatThrownBy(() -> AtomicFiles.write(directory.getRoot(), temporary -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no file name");
    }

    @Test
    void writesManyFilesOfOneDirectoryAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String content = "content " + i;
                Path target = directory.resolve("file-" + i % 20);
                writes.add(pool.submit(() -> {
                    AtomicFiles.write(target, temporary -> Files.writeString(temporary, content));
                    return null;
                }));
            }
            for (Future<?> write : writes) {
                write.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(names()).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(Files.readString(directory.resolve("file-" + i))).isIn("content " + i, "content " + (i + 20));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

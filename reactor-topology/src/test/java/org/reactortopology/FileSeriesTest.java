package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

class FileSeriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void filesComeInNaturalOrderWithTheirNamesAsKeys() throws IOException {
        write("img10.png", "img2.png", "img010.png", "img1.png", "a.png", "img2b.png", "img2a.png", "img.png", "b.tif");
        write("img99999999999999999999999.png", "img100000000000000000000000.png", "img0.png", "img00.png");

        Series<Path> files = Series.files(directory, "*.png");

        assertThat(keys(files))
                .containsExactly(
                        "a.png",
                        "img.png",
                        "img0.png",
                        "img00.png",
                        "img1.png",
                        "img2.png",
                        "img2a.png",
                        "img2b.png",
                        "img010.png",
                        "img10.png",
                        "img99999999999999999999999.png",
                        "img100000000000000000000000.png");
        assertThat(files.valueAt(0)).isEqualTo(directory.resolve("a.png"));
        assertThat(files.describe()).isEqualTo("files(" + directory + ", *.png)");
    }

    @Test
    void subDirectoriesAreNeitherListedNorEntered() throws IOException {
        write("a.png");
        Files.createDirectory(directory.resolve("sub.png"));
        Files.writeString(directory.resolve("sub.png/b.png"), "b");

        assertThat(keys(Series.files(directory, "*.png"))).containsExactly("a.png");
    }

    @Test
    void noMatchIsAnEmptySeries() throws IOException {
        write("a.png");

        assertThat(Series.files(directory, "*.tif").size()).isZero();
        assertThat(Series.files(directory, "*.tif").pairs().size()).isZero();
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(Series.files(missing, "*")::size)
                .isInstanceOf(SeriesException.class)
                .hasMessage("directory '" + missing + "' does not exist: give one that does");
    }

    @Test
    void aFileInTheDirectorysPlaceIsNamed() throws IOException {
        write("a.png");
        Path file = directory.resolve("a.png");

        assertThatThrownBy(Series.files(file, "*")::size)
                .isInstanceOf(SeriesException.class)
                .hasMessage("'" + file + "' is not a directory: give the directory that holds the files");
    }

    @Test
    void aBadGlobIsNamed() {
        assertThatThrownBy(Series.files(directory, "img[.png")::size)
                .isInstanceOf(SeriesException.class)
                .hasMessageStartingWith("glob 'img[.png' is not valid (")
                .hasMessageEndingWith("): write it like *.tif or img_{a,b}*.png");
    }

    @Test
    void aSeriesKeepsWhatItHasListedAndASnapshotListsAnew() throws IOException {
        write("a.png");
        Series<Path> files = Series.files(directory, "*.png");
        assertThat(files.size()).isOne();

        write("b.png");

        assertThat(files.size()).isOne();
        Series<Path> snapshot = files.snapshot();
        assertThat(keys(snapshot)).containsExactly("a.png", "b.png");
        write("c.png", "d.png");
        assertThat(snapshot.size()).isEqualTo(2);
        assertThat(files.pairs().snapshot().size()).isEqualTo(2);
        assertThat(files.successive().snapshot().size()).isEqualTo(3);
        assertThat(files.slice(1, 100, 1).snapshot().size()).isEqualTo(3);
    }

    @Test
    void aRunSeesTheFilesThatAreThereWhenItStarts() throws IOException {
        Topology<String> topology = Topology.named("names")
                .source("files", Series.files(directory, "*.png"))
                .map("name", Work.io((Path file) -> file.getFileName().toString()))
                .build();
        write("a.png");
        TopologyRun<String> first = SequentialExecutor.create().run(topology);
        write("b.png");

        assertThat(first.execute().block(PATIENCE).counts().done()).isEqualTo(2);

        write("c.png");
        assertThat(SequentialExecutor.create()
                        .run(topology)
                        .execute()
                        .block(PATIENCE)
                        .counts()
                        .done())
                .isEqualTo(3);
    }

    @Test
    void aRunOverAMissingDirectoryFailsWithTheReason() {
        Topology<Path> topology = Topology.named("names")
                .source("files", Series.files(directory.resolve("missing"), "*.png"))
                .build();
        TopologyRun<Path> run = ParallelExecutor.threads(1).run(topology);

        StepVerifier.create(run.outcomes()).verifyError(SeriesException.class);

        RunReport report = run.report().block(PATIENCE);
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(SeriesException.class);
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), name);
        }
    }

    private static List<String> keys(Series<?> series) {
        return LongStream.range(0, series.size()).mapToObj(series::keyAt).toList();
    }
}
